"""A Slack on this computer: Web API, Socket Mode, signed HTTP and the people who use it."""
