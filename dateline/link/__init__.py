"""Link: what reports say together."""
