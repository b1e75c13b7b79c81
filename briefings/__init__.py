"""The kernel: what a briefing is, which one is due, how it reads, what a command means."""
