"""One room per platform, and the port through which the rest of the bot speaks to all of them."""
