"""A workshop on the air: the phones' page and what they send, the facilitator's screens, the door that guards the rest."""
