"""The reader: any sectioned document becomes a briefing, with remarks on what was unsure."""
