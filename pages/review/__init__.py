"""The review of what was read: sheet, header row, columns, rows, and what the import would change."""
