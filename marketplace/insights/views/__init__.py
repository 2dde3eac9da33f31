"""Pages of the targets board."""
