"""What the keeping of contracts does when something happens."""
