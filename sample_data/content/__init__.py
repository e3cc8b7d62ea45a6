"""What the samples say. Companies and people are invented."""
