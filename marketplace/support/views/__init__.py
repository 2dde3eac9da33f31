"""Pages of support."""
