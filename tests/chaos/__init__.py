"""Workers that are killed at every moment, on platforms that fail in every way."""
