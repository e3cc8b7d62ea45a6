"""Presenting on a wall: the deck and the speaker's window, where the show stands, and the link for phones."""
