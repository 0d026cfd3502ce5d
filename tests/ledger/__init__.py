"""The ledger, on every engine there is."""
