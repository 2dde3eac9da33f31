"""Forms of the price board."""
