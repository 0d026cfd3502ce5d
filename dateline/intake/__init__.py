"""Intake: files and archives to reports."""
