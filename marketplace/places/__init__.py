"""Administrative units of Vietnam, before and after 01/07/2025, and addresses that keep what the paper says."""
