"""A Discord on this computer: its REST API, its gateway, and the people in one guild."""
