"""Parts of the places: finding, judging and resolving names of places."""
