"""A live workshop: a room votes, the map answers. The rules, and where they are kept; no web in it."""

from analysis.workshop.model import Item, Participant, Round, Workshop
from analysis.workshop.refusals import Refused
from analysis.workshop.rooms import Rooms

__all__ = ["Item", "Participant", "Refused", "Rooms", "Round", "Workshop"]
