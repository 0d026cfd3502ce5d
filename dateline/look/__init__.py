"""Look: the ledger for eyes and other tools."""
