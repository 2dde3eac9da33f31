"""What grows where: plots, sowings, the diary of the field, what may be sprayed, lots and their tests."""
