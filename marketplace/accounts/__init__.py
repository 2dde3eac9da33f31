"""People, how they sign in, and the organisations they act for."""
