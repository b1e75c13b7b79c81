"""Who drains which lane, and when: one process alone, or many on one PostgreSQL."""
