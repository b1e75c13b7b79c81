"""A Slack and a Discord on this computer, for trying and for testing; stricter than the real ones."""
