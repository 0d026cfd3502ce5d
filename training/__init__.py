"""Fitting the shipped models anew, each by one command; needs the extra ``train``."""
