"""Floor 0: no business noun lives here."""
