"""Scale: a function over many items, results in order."""
