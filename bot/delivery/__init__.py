"""The durable work that turns an edition into a post."""
