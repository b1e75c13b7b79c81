"""The REST API of the sandbox's Discord, version 10."""
