"""The samples as workbooks: a clean one a company, and one as such files really look."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from types import ModuleType
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from survey import answers, both_sides, headers, lines

MADE = dt.datetime(2026, 9, 14, 9, 0)
_DARK = PatternFill("solid", fgColor="1F3A5F")
_PALE = PatternFill("solid", fgColor="FFF2CC")


def typed(text: str) -> Any:
    """A cell: a number or a date where the text is one."""
    text = text.strip()
    if not text:
        return None
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        return dt.datetime.fromisoformat(text)
    try:
        return float(text.replace(",", ".")) if "," in text or "." in text else int(text)
    except ValueError:
        return text


def touchpoint_rows(content: ModuleType) -> list[list[Any]]:
    mapped = {row[0]: row[1:] for row in piped(content.MAP)}
    rows = [[stage, *row] for stage, block in content.TOUCHPOINTS.items() for row in piped(block)]
    valued = {row[0]: row[1:] for row in piped(content.VALUES)}
    maps, values = ([None] * len(headers) for headers in (content.MAP_HEADERS, content.VALUE_HEADERS))
    return [[*row, *mapped.get(row[1], maps), *valued.get(row[1], values)] for row in rows]


def piped(block: str) -> list[list[Any]]:
    return [[typed(cell) for cell in line.split("|")] for line in lines(block)]


def clean(content: ModuleType, path: Path) -> None:
    """One sheet a table, headers in the first row, nothing else."""
    book = Workbook()
    touchpoints, survey, actions, personas, sides = content.SHEETS
    _sheet(book, touchpoints, [*content.TOUCHPOINT_HEADERS, *content.MAP_HEADERS, *content.VALUE_HEADERS], touchpoint_rows(content))
    _sheet(book, survey, headers(content), answers(content))
    _sheet(book, actions, content.ACTION_HEADERS, piped(content.ACTIONS))
    _sheet(book, personas, content.PERSONA_HEADERS, piped(content.PERSONAS))
    _sheet(book, sides, content.SIDE_HEADERS, both_sides(content))
    _save(book, content.NAME, path)


def _sheet(book: Workbook, title: str, head: list[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _DARK
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    _widths(sheet, head)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=isinstance(cell.value, str), vertical="top")
            if isinstance(cell.value, dt.datetime):
                cell.number_format = "dd/mm/yyyy" if cell.value.time() == dt.time() else "dd/mm/yyyy hh:mm"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _widths(sheet: Worksheet, head: list[str]) -> None:
    for number in range(1, len(head) + 1):
        longest = max(len(line) for row in range(2, sheet.max_row + 1) for line in str(sheet.cell(row, number).value or "").split("\n"))
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 2, 11), 44)


def _save(book: Workbook, author: str, path: Path) -> None:
    del book["Sheet"]
    book.properties.creator, book.properties.created, book.properties.modified = author, MADE, MADE
    book.save(path)


# --- the messy one ----------------------------------------------------------------------------------------------

_MESSY_HEAD = [
    "Phase", "Touchpoint / point de contact", "Canal utilisé", "Type", "Impact conversion\n(1-10)", "Effort\n(1 = facile)",
    "% clients concernés", "Budget annuel", "Note /5", "Ressenti client", "Problèmes rencontrés", "Nb réclamations", "Qui ?",
]  # fmt: skip


def messy(content: ModuleType, path: Path) -> None:
    """The same company as its own people would have typed it: titles, merged stages, subtotals, amounts as text, a footnote."""
    book = Workbook()
    draw = random.Random("brouillon")
    _messy_inventory(book.create_sheet("PdC V3 (à jour)"), content, draw)
    _messy_survey(book.create_sheet("Réponses questionnaire"), content, draw)
    old = book.create_sheet("ancienne version")
    old.append(["ne pas utiliser, voir onglet PdC V3"])
    old.sheet_state = "hidden"
    notes = book.create_sheet("Notes réunion")
    for text in ("Réunion du 11/09 : Inès, Thomas, Nadia", "- revoir guide des tailles EN PRIORITÉ", "- qui s'occupe du suivi de colis ??"):
        notes.append([text])
    _save(book, content.NAME, path)


def _messy_inventory(sheet: Worksheet, content: ModuleType, draw: random.Random) -> None:
    sheet.append(["ATELIER LUMEN - Points de contact clientes - V3 du 11/09/26"])
    sheet.append(["Merci de ne pas modifier les colonnes !! (Inès)"])
    sheet.append([])
    sheet.append(_MESSY_HEAD)
    for cell in sheet[4]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
    sheet["A1"].font = Font(bold=True, size=14)
    total = 0
    for stage, block in content.TOUCHPOINTS.items():
        rows = piped(block)
        first = sheet.max_row + 1
        for number, row in enumerate(rows):
            sheet.append([stage.upper() if number == 0 else None, *_messy_cells(row, draw)])
            share = sheet.cell(sheet.max_row, 7)
            share.number_format = "0%" if isinstance(share.value, float) else share.number_format
        sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=1, end_column=1)
        complaints = sum(row[15] for row in rows)
        total += complaints
        sheet.append([f"Sous-total {stage.lower()}", *[None] * 10, complaints])
        for cell in sheet[sheet.max_row]:
            cell.font, cell.fill = Font(italic=True), _PALE
    sheet.append(["TOTAL GENERAL", *[None] * 10, total])
    sheet.append([])
    sheet.append(["* budgets hors salaires, réclamations = janvier à décembre 2025"])
    for number, width in enumerate([16, 34, 18, 14, 11, 10, 12, 14, 9, 14, 46, 9, 16], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _messy_cells(row: list[Any], draw: random.Random) -> list[Any]:
    """name, channel, family, impact, effort, reach, running cost, satisfaction, feeling, pains, complaints, owner, as people type them."""
    name, channel, family, _, impact, effort, _, _, reach, _, cost, note, felt, pains, _, complaints, _, owner = row[:18]
    amount = (
        None
        if cost is None
        else draw.choice([cost, f"{cost:,} €".replace(",", " "), f"{cost / 1000:g} k€" if cost >= 1000 else f"{cost}€"])
    )
    stars = None if note is None else draw.choice([note, str(note).replace(".", ",")])
    share = draw.choice([f"{reach} %", f"{reach}%", reach / 100])
    typed_impact = impact if draw.random() > 0.06 else draw.choice(["?", "n.c."])
    pain = None if pains is None else str(pains).replace(" ; ", draw.choice(["\n- ", " ; ", "\n• "]))
    typed_name, typed_family = f" {name}" if draw.random() < 0.1 else name, family.upper() if draw.random() < 0.15 else family
    return [
        typed_name, channel, typed_family, typed_impact, effort, share, amount,
        stars, felt if draw.random() > 0.1 else "", pain, complaints or None, (owner or "").split(" ")[0] or "-",
    ]  # fmt: skip


def _messy_survey(sheet: Worksheet, content: ModuleType, draw: random.Random) -> None:
    head = headers(content)
    sheet.append(["Horodateur", "Vous êtes…", *(h.replace(" (1 = pas du tout, 5 = tout à fait)", "") for h in head[2:-2]), *head[-2:]])
    for row in answers(content)[:140]:
        cells = [row[0].strftime("%d/%m/%Y %H:%M:%S"), row[1]]
        for value in row[2:-2]:
            cells.append(draw.choice(["NSP", "non concernée", None]) if value is None else f"{value}/5" if draw.random() < 0.03 else value)
        sheet.append([*cells, row[-2], row[-1] or draw.choice([None, None, "RAS", "-"])])
