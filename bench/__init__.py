"""Bench: how fast Dateline is, as ratios on one machine in one run (``make bench``; docs/performance.md)."""
