"""The Slack room: settings, limits, drawing, reading events, and the client in Socket Mode."""
