"""Input of what keeps a contract."""
