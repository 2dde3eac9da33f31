"""The ledger of goods: what is on hand, what is claimed, what is free. Every kilogram stands here once."""
