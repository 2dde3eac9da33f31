"""Pages of helping."""
