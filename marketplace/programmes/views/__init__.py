"""Pages of programmes, one noun per file."""

"""Pages of courses: for everybody, on a cooperative's desk, at the office."""
