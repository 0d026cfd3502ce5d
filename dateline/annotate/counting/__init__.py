"""Parts of the quantities: numbers, units and kinds of persons."""
