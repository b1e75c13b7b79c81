"""A Slack and a Discord on this computer, for trying and testing; stricter than the real ones."""
