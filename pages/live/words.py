"""What the phones say, in the phone's language."""

from __future__ import annotations

from functools import lru_cache

from analysis.language import LANGUAGES, N_, translator
from pages.shell.language import accepted

WORDS = {
    "join": N_("Join"),
    "i_am": N_("In this workshop, I speak as"),
    "staff": N_("a member of the team"),
    "customer": N_("a customer"),
    "no_account": N_("No account, no name asked for."),
    "wait": N_("You are in. The next question appears here by itself."),
    "voted": N_("{voted} of {of} have voted"),
    "left": N_("{time} left"),
    "paused": N_("Timer paused: {time} left"),
    "time_up": N_("Time is up: last votes, please."),
    "anonymous": N_("Anonymous: nobody can tell who voted what."),
    "named": N_("Your name is kept with your votes."),
    "shown_live": N_("Results are shown as they come in."),
    "shown_after": N_("Results are shown once the facilitator reveals them."),
    "name": N_("Your name"),
    "name_why": N_("This round asks for your name."),
    "save": N_("Save"),
    "back": N_("Back"),
    "next": N_("Next"),
    "skip": N_("Don't know"),
    "nothing": N_("Nothing to say"),
    "no_dots": N_("I place no dot"),
    "done": N_("Done"),
    "all_done": N_("Everything is answered"),
    "can_change": N_("You can change your answers until the round is closed."),
    "not_answered": N_("not answered"),
    "saving": N_("Sending…"),
    "saved": N_("Saved"),
    "offline": N_("No connection. Your answers are kept on this phone and sent as soon as it is back."),
    "closed": N_("The round is closed. The facilitator will show the results."),
    "on_screen": N_("The results are on the screen in the room."),
    "over": N_("This workshop is over. Thank you for taking part."),
    "removed": N_("The facilitator has removed you from this workshop."),
    "not_for_you": N_("This round is for others in the room. The next question appears here by itself."),
    "facilitating": N_("You facilitate this workshop: your vote is not asked for."),
    "impact": N_("Impact"),
    "effort": N_("Effort"),
    "low": N_("low"),
    "high": N_("high"),
    "pad": N_("Touch where you would place it"),
    "slider": N_("Finer"),
    "e-2": N_("Very unhappy"),
    "e-1": N_("Unhappy"),
    "e0": N_("Neutral"),
    "e1": N_("Happy"),
    "e2": N_("Very happy"),
    "dots_left": N_("Dots left: {n} of {budget}"),
    "add_dot": N_("Add a dot: {item}"),
    "take_dot": N_("Take a dot away: {item}"),
    "which_stage": N_("At which stage?"),
    "your_text": N_("Your text"),
    "send": N_("Send"),
    "take_back": N_("Take back"),
    "your_texts": N_("What you have sent"),
    "second_round": N_("Second round"),
    "rehearsal": N_("Try-out: this does not count."),
    "dry_run": N_("Dry run"),
    "median": N_("median"),
    "mean": N_("mean"),
    "votes": N_("votes: {n}"),
    "dots": N_("dots"),
    "one_vote": N_("a single vote: not shown"),
    "nothing_sent": N_("Nothing was sent."),
    "error": N_("This did not work. Try again."),
    "of_items": N_("{n} of {of}"),
    "other_language": N_("Français"),
    "code_title": N_("Join a workshop"),
    "code_label": N_("Code on the screen"),
    "no_room": N_("No open workshop has this code. Check it on the screen; the workshop may be over."),
    "too_fast": N_("Too many attempts. Wait a minute, then try again."),
}
#: what only the server's own sentences use
_SERVER = ("code_title", "code_label", "no_room", "too_fast")


@lru_cache(maxsize=4)
def words(language: str) -> dict[str, str]:
    """Every word of the phone page."""
    t = translator(language)
    return {name: t(text) for name, text in WORDS.items()}


def phone_words(language: str) -> dict[str, str]:
    return {name: text for name, text in words(language).items() if name not in _SERVER}


def language_of(asked: str, kept: str, header: str, default: str = "fr") -> str:
    """The phone's language: what was asked for, what was chosen before, what the phone is set to, else the workshop's."""
    wishes = [asked, kept, *(tag.split("-")[0].lower() for tag in accepted(header))]
    return next((wish for wish in wishes if wish in LANGUAGES), default)
