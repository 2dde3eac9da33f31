"""What a contract's terms come to, as arithmetic: prices, shortfalls, lateness, deposits, settlement. No database."""
