"""Who may do what in value chains."""
