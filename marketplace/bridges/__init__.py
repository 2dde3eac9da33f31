"""Sibling meets sibling: what began at a fair, as a request, a contract and deliveries.

A file is named after its sentence.
"""
