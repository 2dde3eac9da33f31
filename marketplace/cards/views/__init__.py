"""Paying, what the company tells, the desk of a cooperative, the office."""
