"""What people may ask of us about their own data: see, correct, take along, restrict, object, be forgotten."""
