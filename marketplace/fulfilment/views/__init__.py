"""Pages of what keeps a contract."""
