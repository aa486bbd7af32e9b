"""The front door: home, pages, news, my tasks, search, help."""
