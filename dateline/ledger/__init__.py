"""Ledger: records to rows and back."""
