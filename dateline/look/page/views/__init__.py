"""Views: what each page shows, asked of the ledger and put into typed dataclasses; templates get these only."""
