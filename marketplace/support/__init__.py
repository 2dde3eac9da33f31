"""Support by norms: what a cooperative may receive for a fair, a course or a journey, and what it was paid.

It knows a purpose and a number, never a fair.
"""
