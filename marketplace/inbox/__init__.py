"""Notices to people: in the app, and by letter when they want it."""
