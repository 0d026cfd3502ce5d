"""Parts of the actors: their names, roles, bodies, countries and pronouns, and the register that joins them."""
