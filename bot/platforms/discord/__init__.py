"""The Discord room: how Discord is reached, what it allows, and how a message looks there."""
