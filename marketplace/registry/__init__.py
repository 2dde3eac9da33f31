"""The life of a member in dated rows: what happened to it, who leads it, what it reports each year."""
