"""Pages of the price board."""
