"""The library: documents read from folders, and the search over them."""
