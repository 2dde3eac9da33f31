"""What people see of their notices, links and choices."""
