"""The price board: what goods cost where, on which day, and who says so."""
