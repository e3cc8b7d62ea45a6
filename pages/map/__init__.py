"""What stands around the journey map: its tools, the comparison with tomorrow's map, moments of truth, history."""
