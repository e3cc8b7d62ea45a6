"""A workshop on the air: the phones' page and what they send, the facilitator's board, the door that guards the rest."""

from pages.live.routes import routes as routes
