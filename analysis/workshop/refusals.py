"""Why a workshop says no. Each sentence is for the person who holds the phone, or for the facilitator."""

from __future__ import annotations

from typing import ClassVar

from analysis.errors import ParcoursError
from analysis.language import N_


class Refused(ParcoursError):
    """A request that the rules of a workshop do not allow; ``code`` says which."""

    code = "refused"
    sentences: ClassVar[dict[str, str]] = {
        "refused": N_("This is not possible."),
        "no_room": N_("No workshop has this code. Check it with the facilitator."),
        "ended": N_("This workshop is over."),
        "locked": N_("The facilitator has locked the room: nobody else can join."),
        "full": N_("The room is full."),
        "too_fast": N_("Too many attempts. Wait a minute, then try again."),
        "not_joined": N_("Join the workshop first."),
        "removed": N_("The facilitator has removed you from this workshop."),
        "no_round": N_("This round no longer exists."),
        "not_open": N_("This round is not open."),
        "closed": N_("The round was closed before your vote arrived."),
        "other_side": N_("This round is for others in the room."),
        "needs_name": N_("This round asks for your name."),
        "facilitator": N_("The facilitator does not vote in this workshop."),
        "bad_request": N_("This vote cannot be read."),
        "unknown_item": N_("This is not asked in this round."),
        "outside": N_("This value is outside the scale."),
        "over_budget": N_("You have no dots left: take one away first."),
        "too_long": N_("This text is too long."),
        "empty": N_("Write something first."),
        "too_many": N_("You have sent as many texts as this round takes."),
        "hidden": N_("The results are shown once the facilitator reveals them."),
        "busy": N_("Close the round that is open first."),
        "no_rounds": N_("Add a round to the agenda first."),
        "rehearsal": N_("A dry run cannot change the project."),
        "not_revealed": N_("Reveal the round before accepting its results."),
        "started": N_("This round has begun: it can no longer be changed that way."),
        "password_short": N_("Choose a password of at least eight characters."),
        "password_wrong": N_("This is not the password."),
    }
