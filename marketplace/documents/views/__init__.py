"""What people see of papers."""
