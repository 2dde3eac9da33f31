"""Calls and applications: who asks for a place, a course or a loan, who looks at it, and what is decided.

It knows a purpose and a number, never a fair: `fairs` and `programmes` keep what they ask beside an application.
"""
