"""What people see: one screen a file, over the library ``analysis``."""
