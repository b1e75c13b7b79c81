"""Sources that come by themselves: feeds and web pages, asked now and then."""
