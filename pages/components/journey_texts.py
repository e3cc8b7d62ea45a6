"""The texts of the journey map. The browser fills what stands in braces, so they are handed over unfilled."""

from __future__ import annotations

from analysis.language import translator
from analysis.reports.words import PHASES


def levels(language: str) -> list[str]:
    """The five levels of emotion, lowest first."""
    t = translator(language)
    return [t("Frustrated"), t("Uneasy"), t("Indifferent"), t("Pleased"), t("Delighted")]


def texts(language: str) -> dict[str, str]:
    """Name → text, for the browser."""
    return _emotion(language) | _items(language) | _menus(language) | _said(language)


def _emotion(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "title": t("Journey map"),
        "emotion": t("Emotion"),
        "emotion_of": t("Emotion: {stage}"),
        "measured": t("measured"),
        "voted": t("voted"),
        "assumed": t("assumed"),
        "assumed_why": t("Set by hand, or taken from an inventory: no answer measures it."),
        "few": t("few answers"),
        "few_why": t("Fewer than five answers: read it with care."),
        "divided": t("divided"),
        "divided_why": t("Split feelings: some are clearly unhappy, others clearly happy."),
        "alike": t("all alike"),
        "alike_why": t("Everybody gave the same answer: no interval can be computed."),
        "no_value": t("no value"),
        "n": t("n = {n}"),
        "answers": t("Number of answers"),
        "say_measured": t("measured on {n} answers"),
        "say_voted": t("voted by {n} people"),
        "say_assumed": t("assumed"),
        "say_interval": t("between {low} and {high}"),
        "reset_emotion": t("Back to the measured emotion"),
    }


def _items(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "goal": t("Customer's goal"),
        "card": t("Card"),
        "touchpoint": t("Touchpoint"),
        "channel": t("Channel"),
        "phase": t("Lifecycle phase"),
        **{f"phase_{code}": t(name) for code, name in PHASES.items()},
        "moment": t("Moment of truth"),
        "pain_points": t("Pain points: {n}"),
        "times": t("Mentioned {n} times"),
        "told_by": t("Told by"),
        "side_customer": t("A customer"),
        "side_staff": t("Staff"),
        "lost": t("Lost value"),
        "add_stage": t("Stage"),
        "add_card": t("Card"),
        "add_touchpoint": t("Touchpoint"),
        "step": t("Step"),
        "step_of": t("Step {position} of {total}: {name}"),
        "steps": t("Steps"),
        "no_step": t("No step"),
        "step_placeholder": t("Name of the step, or paste one a line"),
        "stage_placeholder": t("Name of the stage"),
        "card_placeholder": t("Text, or paste one card a line"),
        "touchpoint_placeholder": t("Name, or paste one a line"),
        "no_stage": t("This journey has no stage yet."),
        "no_stage_add": t("This journey has no stage yet. Add the first one with the button above."),
    }


def _menus(language: str) -> dict[str, str]:
    t = translator(language)
    return {
        "menu": t("Menu"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "help": t("Shortcuts"),
        "help_touch": t(
            "On a touch screen: press and hold a card for a moment, then drag it; the ⋯ button holds everything else."
        ),
        "close": t("Close"),
        "collapse": t("Fold"),
        "expand": t("Unfold"),
        "rename": t("Rename"),
        "rename_here": t("Double-click: rename"),
        "goal_here": t("Double-click: change the customer’s goal"),
        "edit_goal": t("Change the goal"),
        "add_goal": t("Add a goal"),
        "insert_stage": t("Add a stage after this one"),
        "add_steps": t("Add steps"),
        "step_here": t("Click: menu; double-click: rename"),
        "open_stage": t("See the answers"),
        "open_touchpoint": t("Open the touchpoint sheet"),
        "open_card": t("Open the card"),
        "move_left": t("Move left"),
        "move_right": t("Move right"),
        "move_up": t("Move up"),
        "move_down": t("Move down"),
        "wider": t("One stage wider"),
        "narrower": t("One stage narrower"),
        "delete": t("Delete"),
        "key_delete": t("Del"),
        "colour": t("Colour"),
        "colour_none": t("No colour"),
        "colour_amber": t("Amber"),
        "colour_green": t("Green"),
        "colour_blue": t("Blue"),
        "colour_violet": t("Violet"),
        "colour_rose": t("Rose"),
        "colour_grey": t("Grey"),
    }


def _said(language: str) -> dict[str, str]:
    """Sentences for a screen reader after each act."""
    t = translator(language)
    return {
        "did_add": t("Added: {name}"),
        "did_add_many": t("{n} items added"),
        "did_rename": t("Now: {name}"),
        "did_rescue": t("Somebody had deleted it: your text was kept as a new one."),
        "did_step": t("{name}: in the step “{step}”"),
        "did_no_step": t("{name}: in no step"),
        "did_move": t("{name}: in “{stage}”, {position} of {total}"),
        "did_place": t("{name}: {position} of {total}"),
        "did_delete": t("Deleted: {name}. Undo brings it back."),
        "did_reset": t("{stage}: measured emotion again"),
        "did_emotion": t("{stage}: {word}, {value}"),
        "did_span": t("Stages covered: {n}"),
        "did_cancel": t("Nothing moved"),
    }


def shortcuts(language: str) -> list[tuple[str, str]]:
    """Keys (two blanks between alternatives) and what they do, for the help panel."""
    t = translator(language)
    return [
        ("←  ↑  →  ↓", t("Walk through the map; on an emotion, ↑ and ↓ change it by half a level")),
        (t("Tab"), t("From the stages to the curve, then to the lanes")),
        ("Ctrl+↓", t("From the curve down to the lanes")),
        (t("Alt+arrows"), t("Move the card, touchpoint, stage, step or lane")),
        (t("Alt+Shift+←  Alt+Shift+→"), t("Make a card one stage narrower or wider")),
        (t("Enter  F2"), t("Rename; Enter keeps, Shift+Enter starts a new line, Esc gives up")),
        ("+", t("Add here; paste several lines to add one card a line")),
        ("S", t("On a stage or a step: add steps")),
        ("G", t("On a stage: the customer's goal")),
        ("O", t("Open the sheet, or see the answers behind an emotion")),
        ("M", t("Menu: step, colour, width and the rest")),
        (t("Del"), t("Delete; on an emotion, back to the measured one")),
        (t("Ctrl+Z  Ctrl+Shift+Z"), t("Undo, redo")),
        ("?", t("This panel")),
    ]
