"""Minutes as a page that opens everywhere: browsers, Word, LibreOffice; and the votes as a workbook."""

from __future__ import annotations

import datetime as dt
import io
from html import escape

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

from analysis.language import N_, Translator, date, number, percent, signed, translator
from analysis.workshop.disagreement import BANDS
from analysis.workshop.minutes import Minutes, results_table
from analysis.workshop.model import Round
from analysis.workshop.results import Figures, ItemResult, Result

HEADINGS = {
    "round": N_("Round"), "kind": N_("Kind"), "question": N_("Question"), "item": N_("Item"), "stage": N_("Stage"), "side": N_("Side"),
    "value": N_("Value"), "effort": N_("Effort"), "answer": N_("Answer"), "skip": N_("Don't know"), "typed": N_("Typed by the facilitator"),
    "name": N_("Name"), "scale": N_("Scale"), "n": N_("Votes"), "mean": N_("Mean"), "median": N_("Median"), "sd": N_("Spread (sd)"),
    "agreement": N_("Agreement (%)"), "band": N_("Band"), "skips": N_("Don't know"), "dots": N_("Dots"), "mean_staff": N_("Mean, team"),
    "n_staff": N_("Votes, team"), "mean_customer": N_("Mean, customers"), "n_customer": N_("Votes, customers"),
    "mean_before": N_("Mean, first round"),
}  # fmt: skip
_STYLE = (
    "body{font:15px/1.5 Figtree,Calibri,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2b33;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}"
    "td,th{border-bottom:1px solid #ddd9d0;padding:.3rem .5rem;text-align:left}"
    "td.n,th.n{text-align:right}h2{margin-top:2rem}.decided{border-left:4px solid #0f766e;padding-left:.8rem}"
)


def headed(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """A table of votes or results with its headings in the language."""
    t = translator(language)
    return frame.rename(columns={name: t(HEADINGS[name]) if name in HEADINGS else name for name in frame.columns})


def minutes_page(minutes: Minutes, language: str = "fr") -> bytes:
    """The minutes: who was there as far as named, each round with its results and what was decided."""
    t = translator(language)
    title = escape(minutes.workshop.title)
    parts = [f"<h1>{title}</h1>", f"<p>{escape(day_of(minutes, language))}</p>", f"<p>{escape(people_told(minutes, t))}</p>"]
    parts += [text for round in minutes.rounds if round.state != "waiting" for text in _round(minutes, round, t)]
    head = f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style></head>"
    return f"{head}<body>{''.join(parts)}</body></html>".encode()


def day_of(minutes: Minutes, language: str) -> str:
    opened = minutes.workshop.opened or minutes.workshop.created
    return date(dt.datetime.fromisoformat(opened).date(), language, "full")


def people_told(minutes: Minutes, t: Translator) -> str:
    """How many were there, and who, as far as they gave a name."""
    names = sorted({person.name for person in minutes.people if person.name and person.kind != "simulated"}, key=str.casefold)
    told = t.n("{n} person took part.", "{n} people took part.", len(minutes.people))
    return told + (" " + t("By name: {names}.", names=", ".join(names)) if names else "")


def question_of(round: Round, t: Translator) -> str:
    """What was asked, and whether for the second time."""
    return round.question + (f" ({t('second round')})" if round.previous else "")


def turnout_told(minutes: Minutes, round: Round, t: Translator) -> str:
    """How many voted, with their names or without."""
    seen = minutes.turnouts[round.id]
    return t("{voted} of {of} voted.", voted=seen.voted, of=seen.of) + " " + (t("Anonymous.") if round.anonymous else t("With names."))


def _round(minutes: Minutes, round: Round, t: Translator) -> list[str]:
    result = minutes.results.get(round.id)
    parts = [f"<h2>{minutes.number(round)}. {escape(question_of(round, t))}</h2>", f"<p>{escape(turnout_told(minutes, round, t))}</p>"]
    if result is None:
        parts.append(f"<p>{escape(t('This round was not revealed: its results are not told.'))}</p>")
    else:
        parts += _texts(result, t) if round.texts else _table(result, t)
    if round.note:
        parts.append(f"<p class='decided'><b>{escape(t('Decided'))}</b> {escape(round.note)}</p>")
    if round.accepted:
        parts.append(f"<p>{escape(t('Taken into the project.'))}</p>")
    return parts


def texts_told(result: Result, t: Translator) -> list[tuple[str, list[str]]]:
    """What was written, under what it is about."""
    labels = {item.id: item.label for item in result.round.items}
    found: dict[str, list[str]] = {}
    for text in result.texts:
        times = f" ({t('said {n} times', n=text.count)})" if text.count > 1 else ""
        found.setdefault(labels.get(text.item) or "", []).append(text.text + times)
    return list(found.items())


def _texts(result: Result, t: Translator) -> list[str]:
    parts = []
    for label, texts in texts_told(result, t):
        parts += [f"<h3>{escape(label)}</h3>"] if label else []
        parts += [f"<p>– {escape(text)}</p>" for text in texts]
    return parts or [f"<p>{escape(t('Nothing was sent.'))}</p>"]


def _table(result: Result, t: Translator) -> list[str]:
    return [_html_table(*results_told(result, t))]


def results_told(result: Result, t: Translator) -> tuple[list[str], list[list[tuple[str, str]]]]:
    """Headings and rows of a round's figures, the most divided items first; a cell is a text and ``"n"`` where it is a figure."""
    round = result.round
    if round.choices:
        rows = [
            [(choice, ""), (number(n, t.language, 0), "n")]
            for item in result.items
            for choice, n in zip(round.choices, item.first.bins, strict=False)
        ]
        return [t("Answer"), t("Votes")], rows
    if round.kind == "dots":
        rows = [[(item.item.label, ""), (number(item.total, t.language, 0), "n")] for item in result.divided]
        return [t("Item"), t("Dots")], rows
    heads = [t("Item"), t("Median"), t("Mean"), t("Votes"), t("Don't know"), t("Agreement")]
    rows = [row for item in result.divided for row in _item_rows(round, item, t)]
    return heads, rows


def _item_rows(round: Round, item: ItemResult, t: Translator) -> list[list[tuple[str, str]]]:
    label = item.item.label or round.question
    if item.second is None:
        return [_item_row(round, label, item.first, item.skips, t)]
    return [
        _item_row(round, f"{label} · {t('Impact')}", item.first, item.skips, t),
        _item_row(round, f"{label} · {t('Effort')}", item.second, item.skips, t),
    ]


def _item_row(round: Round, label: str, figures: Figures, skips: int, t: Translator) -> list[tuple[str, str]]:
    shown = signed if round.kind == "emotion" else number
    agreed = percent(figures.agreement, t.language) + (f" · {t(BANDS[figures.band])}" if figures.band else "")
    cells = [
        shown(figures.median, t.language),
        shown(figures.mean, t.language),
        number(figures.n, t.language, 0),
        number(skips, t.language, 0),
        agreed,
    ]
    return [(label, ""), *((cell, "n") for cell in cells)]


def _html_table(heads: list[str], rows: list[list[tuple[str, str]]]) -> str:
    head = "".join(f"<th class='{'n' if index else ''}'>{escape(text)}</th>" for index, text in enumerate(heads))
    body = "".join("<tr>" + "".join(f"<td class='{kind}'>{escape(text)}</td>" for text, kind in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def votes_workbook(minutes: Minutes, votes: pd.DataFrame, language: str = "fr") -> bytes:
    """Results and votes, one sheet each; a text stays a text."""
    t = translator(language)
    book = Workbook()
    book.remove(book.active)
    for title, frame in ((t("Results"), results_table(minutes)), (t("Votes"), votes)):
        sheet = book.create_sheet(title)
        sheet.append(list(headed(frame, language).columns))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in frame.itertuples(index=False):
            sheet.append([None if pd.isna(value) else value for value in row])
            for cell in sheet[sheet.max_row]:
                if cell.data_type == "f":
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
        for index, name in enumerate(frame.columns, start=1):
            sheet.column_dimensions[sheet.cell(1, index).column_letter].width = 40 if name in ("question", "item", "answer") else 14
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
