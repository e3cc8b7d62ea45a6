"""What the other columns say of a column: beside an indicator and its target, “Value” is the indicator's value, “Unit” its unit."""

from __future__ import annotations

from analysis.reading.headers import Guess, guesses

_INDICATOR = ("kpi_value", "kpi_target", "unit", "kpi_baseline")


def in_context(headers: list[str], found: list[Guess | None]) -> list[Guess | None]:
    """The guesses of a table's columns, corrected where the table is one of indicators."""
    fields = {guess.field for guess in found if guess}
    if "kpi" not in fields or not fields & {"kpi_value", "kpi_target"} or fields & {"action", "effort"}:
        return found
    corrected: list[Guess | None] = []
    for header, guess in zip(headers, found, strict=True):
        other = next((one for one in guesses(header) if one.field in _INDICATOR and one.field not in fields), None)
        if other is not None and (guess is None or guess.field not in _INDICATOR) and other.confidence >= 0.85:
            fields.add(other.field)
            corrected.append(Guess(other.field, 0.95))
        else:
            corrected.append(guess)
    return corrected
