"""The faces: shop window, search, calendar, map, the first pages of desk and office. No tables of its own."""
