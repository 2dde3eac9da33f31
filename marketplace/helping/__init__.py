"""Helping members without being in between: who may decide for them, calls on the telephone, complaints."""
