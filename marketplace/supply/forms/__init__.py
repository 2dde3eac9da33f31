"""What is filled in about the ledger of goods."""
