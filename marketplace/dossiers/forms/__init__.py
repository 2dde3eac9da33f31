"""What is filled in about dossiers."""
