"""Money: to pay and confirm, what each buyer owes, credit, what is late, what the bank says."""
