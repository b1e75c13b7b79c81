"""The running bot's own page: what goes out today, the library, and the discussions."""
