"""Charges and the ledger of money. The platform never holds any: every đồng goes straight to the payee."""
