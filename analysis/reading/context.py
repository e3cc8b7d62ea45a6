"""What the other columns say of a column.

Beside an indicator and its target, “Value” is the indicator's value, “Unit” its unit; beside personas, “Objectives” are what they want;
where nothing is called touchpoint, the names of what the other columns judge are the touchpoints.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from analysis.fields import FIELDS
from analysis.reading.dates import parse_date
from analysis.reading.headers import Guess, guesses, is_question, normalise
from analysis.reading.kinds import kind_of
from analysis.reading.levels import graded
from analysis.reading.numbers import parse_number
from analysis.reading.periods import first_day, is_period, parted_period
from analysis.reading.recognise import Sample, is_dated
from analysis.reading.sides import is_customer, is_staff
from analysis.reading.worded import moment_field
from analysis.reading.words import is_missing, plain

_BASELINES = frozenset(["baseline", "base", "reference", "depart"])
_INDICATOR = ("kpi_value", "kpi_target", "unit", "kpi_baseline")


def in_context(headers: list[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of a table's columns, corrected where the table is one of indicators."""
    fields = {guess.field for guess in found if guess}
    found = reported(headers, _with_texts(headers, found, fields), samples)
    if "persona" in fields and fields & {"pain", "need", "delight"} and "kpi" not in fields:
        wish = "need" not in fields
        found = [replace(one, field="need") if wish and one and one.field == "kpi_target" else one for one in found]
    if "kpi" in fields and not fields & {"kpi_value", "kpi_target", "action", "effort", "impact"}:
        found = _with_value(headers, found)
    found = _with_years(headers, found, samples)
    fields = {guess.field for guess in found if guess}
    figures = fields & {"kpi_value", "kpi_target"} or sum(map(is_period, headers)) > 1
    if "kpi" not in fields or not figures or fields & {"action", "effort"}:
        return found
    found = _with_baseline(headers, found)
    corrected: list[Guess | None] = []
    for header, guess in zip(headers, found, strict=True):
        other = next((one for one in guesses(header) if one.field in _INDICATOR and one.field not in fields), None)
        if other is not None and (guess is None or guess.field not in _INDICATOR) and other.confidence >= 0.85:
            fields.add(other.field)
            corrected.append(Guess(other.field, 0.95))
        else:
            corrected.append(guess)
    return corrected


_WHEN = re.compile(
    r"^(?:avant|pendant|apres|before|during|after|pre|post|durant)(?:[ -](?:vente|achat|visite|sales?|purchase|visit|sejour|stay))?$"
    r"|^(?:vente|achat|sale|purchase)$"
)


def with_when(found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """Beside touchpoints, a column that says before, during and after gives their stages, whatever its header."""
    fields = {one.field for one in found if one}
    if "touchpoint" not in fields or "stage" in fields:
        return found
    moments = (set(map(plain, seen.words)) for seen in samples)
    place = next((n for n, told in enumerate(moments) if len(told) > 1 and all(map(_WHEN.match, told))), None)
    return found if place is None else [*found[:place], Guess("stage", 0.85), *found[place + 1 :]]


def with_plan(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of a list of what is to be done: ideas with an effort or an owner are its actions, a progress in words is a status.

    “Délai” over dates is until when; of several days the one on which something began is the date, that of an answer its end.
    """
    fields = {one.field: n for n, one in enumerate(found) if one}
    changed = _what_is_done(headers, fields, samples)
    if "opportunity" in fields and _are_to_do(found, fields):
        ideas = samples[fields["opportunity"]]
        changed |= {fields["opportunity"]: "action"} if ideas.distinct >= 0.9 * ideas.filled else {}
    if "progress" in fields and "status" not in fields and samples[fields["progress"]].textual and samples[fields["progress"]].filled:
        changed[fields["progress"]] = "status"
    if "pain" in fields and "effort" not in fields and _is_grade(headers[fields["pain"]], samples[fields["pain"]], "impact" in fields):
        changed[fields["pain"]] = "effort"
    if "duration" in fields and "due_date" not in fields and is_dated(samples[fields["duration"]]):
        changed[fields["duration"]] = "due_date"
    begun = next((n for n, one in enumerate(found) if one is None and moment_field(normalise(headers[n])) == "date"), None)
    if begun is not None and "date" in fields and "end_date" not in fields and _ANSWERED.search(normalise(headers[fields["date"]])):
        changed |= {begun: "date", fields["date"]: "end_date"}
    return [Guess(changed[n], 0.85) if n in changed else one for n, one in enumerate(found)]


def _what_is_done(headers: Sequence[str], fields: Mapping[str, int], samples: Sequence[Sample]) -> dict[int, str]:
    """Actions beside what people think and feel are what customers do; “What” beside who and by when is what is to be done."""
    have = set(fields)
    if {"action", "touchpoint"} <= have and have & {"thought", "emotion"} and not have & {"step", "progress", *_TO_DO}:
        return {fields["action"]: "step"}
    others = {"action", "touchpoint", "stage", "thought", "emotion", "pain"} | (set() if "effort" in have else {"rating"})
    if "step" in have and have & {*_BY_WHEN, "effort"} and not have & others:
        return {fields["step"]: "action"} if normalise(headers[fields["step"]]) in ("action", "actions") else {}
    if have & {"action", "touchpoint", "rating", "satisfaction", "nps", "kpi"} or len(have & _PLAN) < 2:
        return {}
    return {n: "action" for n, header in enumerate(headers) if normalise(header) in ("what", "quoi") and samples[n].textual}


def _is_grade(header: str, seen: Sample, beside_impact: bool) -> bool:
    """“Difficulté” over easy and hard, or over marks beside an impact, is how hard something is to do."""
    if not _HARD.match(normalise(header)) or not seen.filled:
        return False
    return (beside_impact and seen.numbers > 0.8) or all(value is not None for value in graded(seen.words, "effort"))


def _are_to_do(found: Sequence[Guess | None], fields: Mapping[str, int]) -> bool:
    """Ideas that somebody has, by a day, at a price; with an effort they may name the stage they are for. Those of a map have none."""
    place = found[fields["opportunity"]]
    others = {"action", "step", "description", "event"} | ({"stage"} if "effort" not in fields else set())
    others |= {"touchpoint"} if not {"owner", "due_date"} <= fields.keys() else set()  # whose, until when: the touchpoint is where
    enough = 1 if place is not None and place.confidence >= 0.8 else 2
    return len(fields.keys() & _TO_DO) >= enough and not fields.keys() & others


def _with_value(headers: list[str], found: list[Guess | None]) -> list[Guess | None]:
    """Beside an indicator, “Value” is no amount of money: it is what the indicator stands at."""
    told = [next((one for one in guesses(header)[:3] if one.field == "kpi_value" and one.confidence >= 0.85), None) for header in headers]
    place = next((n for n, one in enumerate(told) if one is not None), None)
    return found if place is None else [*found[:place], Guess("kpi_value", 0.95), *found[place + 1 :]]


#: what people answered with
_MARKS = {"rating", "satisfaction", "nps", "ces"}
#: the words that reporters ask by, and what each tells in a list of what customers said
_REPORTED = {
    "who": "person_name", "qui": "person_name", "what": "touchpoint", "quoi": "touchpoint", "when": "date", "quand": "date",
    "why": "comment", "pourquoi": "comment", "where": "channel", "ou": "channel",
}  # fmt: skip


def reported(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of a list headed “Who, What, When, Why” beside a score: who answered, about what, when, in which words.

    “Who, What” alone are enough where nothing but marks, days and words stands beside them; a “what” that hardly comes back and is
    long is what they said.
    """
    told = [_REPORTED.get(normalise(header)) for header in headers]
    fields = {guess.field for guess in found if guess}
    if fields & {"action", "effort"} or not fields & _MARKS:
        return found
    others = {guess.field for guess, own in zip(found, told, strict=True) if guess and not own} - _MARKS - {"date", "comment"}
    marked = all(seen.numbers >= 0.5 or not seen.textual for one, seen in zip(found, samples, strict=True) if one and one.field in _MARKS)
    few = {"person_name", "touchpoint"} <= set(told) and not others and marked
    if sum(field is not None for field in told) < 3 and not few:
        return found
    said = [n for n, field in enumerate(told) if field == "touchpoint" and samples[n].length > _LONGEST_NAME / 2]
    told = ["comment" if n in said and samples[n].distinct > 0.5 * samples[n].filled else field for n, field in enumerate(told)]
    return [Guess(field, 0.85) if field else guess for field, guess in zip(told, found, strict=True)]


#: the period that is under way and the one before, as budgets and dashboards call them
_THIS_ONE = re.compile(
    r"^(?:(?:annee|exercice|realise|valeur|resultat) )?n$|^(?:ce|cette|this|current) (?:mois|annee|trimestre|month|quarter|year)(?: ci)?$"
    r"|^(?:mois|trimestre|annee) en cours$"
)
_LAST_ONE = re.compile(
    r"^(?:(?:annee|exercice|realise|valeur|resultat) )?n ?-? ?1$|^(?:last|previous|prior) (?:month|quarter|year)$"
    r"|^(?:(?:le |l')?(?:mois|trimestre|annee|an)) (?:precedente?|derniere?|passee?)$"
)


def _with_years(headers: list[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """Beside an indicator, “N” or “This month” is where it stands, and “N-1” or “Last month” where it stood."""
    fields = {one.field for one in found if one}
    now = next((n for n, header in enumerate(headers) if _THIS_ONE.match(normalise(header)) and samples[n].numbers >= 0.5), None)
    if "kpi" not in fields or "kpi_value" in fields or now is None:
        return found
    before = next((n for n, header in enumerate(headers) if _LAST_ONE.match(normalise(header))), None)
    changed = {now: Guess("kpi_value", 0.9)} | ({before: Guess("kpi_baseline", 0.9)} if before is not None else {})
    return [changed.get(n, one) for n, one in enumerate(found)]


def _with_baseline(headers: list[str], found: list[Guess | None]) -> list[Guess | None]:
    """“Baseline” alone is the value of an indicator; beside “Current” it is where the indicator comes from."""
    place = next((n for n, one in enumerate(found) if one and one.field == "kpi_value" and normalise(headers[n]) in _BASELINES), None)
    fields = {one.field for one in found if one}
    other = next((n for n, one in enumerate(found) if one is None and "kpi_value" in {g.field for g in guesses(headers[n])[:2]}), None)
    if place is None or other is None or "kpi_baseline" in fields:
        return found
    changed = {place: Guess("kpi_baseline", 0.95), other: Guess("kpi_value", 0.95)}
    return [changed.get(n, one) for n, one in enumerate(found)]


def without_words(found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """A “result” in words is the value of no indicator where no indicator is named."""
    if any(one and one.field == "kpi" for one in found):
        return found
    pairs = zip(found, samples, strict=True)
    return [None if one and one.field == "kpi_value" and seen.filled and seen.textual else one for one, seen in pairs]


#: what a survey with a row a mark calls the thing that was judged
_THEMES = frozenset(
    "theme thematique critere rubrique aspect item dimension topic criterion criteria sujet domaine poste".split()  # noqa: SIM905
)


def with_theme(headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses of a table with a row a mark, where a column of themes that come back says what each mark is about."""
    fields = [guess.field for guess in found if guess]
    scores = [field for field in fields if field in ("rating", "satisfaction", "nps", "ces")]
    if len(scores) != 1 or set(fields) & {"touchpoint", "question", "action", "impact", "effort"}:
        return found
    for place, (header, seen) in enumerate(zip(headers, samples, strict=True)):
        again = seen.textual and 2 <= seen.distinct <= (0.34 if seen.filled > 20 else 0.5) * seen.filled
        if again and normalise(header).rstrip("s") in _THEMES:
            return [*found[:place], Guess("touchpoint", 0.85), *found[place + 1 :]]
    return found


def _with_texts(headers: list[str], found: list[Guess | None], fields: set[str]) -> list[Guess | None]:
    """Of a ticket, the subject is its description, and what is called “Description” beside it what the customer wrote."""
    if not {"description", "id"} <= fields or "comment" in fields:
        return found
    second = next((n for n, one in enumerate(found) if one is None and _describes(headers[n])), None)
    if second is None:
        return found
    return [*found[:second], Guess("comment", 0.7), *found[second + 1 :]]


def _describes(header: str) -> bool:
    told = guesses(header)
    return bool(told) and told[0].field == "description" and told[0].confidence >= 0.9


def with_side(found: list[Guess | None], samples: Sequence[Sample]) -> list[Guess | None]:
    """The guesses, where a column whose values say “staff” on some lines and “customer” on others tells the side, whatever its header."""
    if any(guess and guess.field == "side" for guess in found):
        return found
    for place, seen in enumerate(samples):
        words = set(seen.words)
        if 2 <= len(words) <= 4 and any(map(is_staff, words)) and all(is_staff(word) or is_customer(word) for word in words):
            return [*found[:place], Guess("side", 0.9), *found[place + 1 :]]
    return found


#: what is said of ideas that are to be done
_TO_DO = {"effort", "owner", "due_date", "status", "cost", "duration"}
#: what tells a list of what is to be done, when “What” heads its first column
_PLAN = {"owner", "due_date", "start_date", "status", "priority", "progress"}
_BY_WHEN = {"due_date", "start_date", "end_date", "status", "progress"}
_HARD = re.compile(r"^(?:(?:niveau|degre|level|degree) (?:de |of )?)?(?:difficult|complexit)")
_ANSWERED = re.compile(r"\b(?:reponse|response|reply|answer|modification|maj|mise a jour|update|updated)\b")
#: headers over the names of indicators, where periods stand beside
PERIOD_NAMES = frozenset(
    ["mois", "month", "trimestre", "quarter", "periode", "period", "semaine", "week", "annee", "year", "exercice", "date"]
)
#: what no table of indicators has
_NO_SERIES = {"kpi", "touchpoint", "action", "persona", "customer_id", "question"}
#: what is said of touchpoints, and of little else
_JUDGED = {
    "stage", "satisfaction", "rating", "nps", "ces", "impact", "effort", "importance", "emotion", "emotion_score", "pain", "delight",
    "opportunity", "reach", "moment_of_truth", "complaints", "family", "online",
}  # fmt: skip
#: fields that a column of names may have been taken for
_LOOSE = {"step", "need", "description", "system", "team", "event", "source", "channel"}
_LONGEST_NAME = 70
_STAY = re.compile(r"^(?:du |from )?\d{1,2}(?:er|st|nd|rd|th)? ?(?:au|-|a|to|et|and) ?\d{1,2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKS = re.compile(r"^(S|W|Sem\.?|Wk|M|P|J|D)\s?(\d{1,2})$", re.I)
_AGAIN = re.compile(r" \(\d+\)$")


def with_touchpoint(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], rows: int
) -> tuple[list[Guess | None], int | None]:
    """The guesses, and which column was taken for the touchpoints where none is called so: the first one of names, nearly all different.

    Only of a table of no other kind, in which two columns at least are what people say of touchpoints.
    """
    fields = {guess.field for guess in found if guess}
    said = sum(1 for guess in found if guess and guess.field in _JUDGED)
    if said < 2 or fields & {"touchpoint", "action", "kpi", "persona", "question", "date", "customer_id"}:
        return found, None
    if kind_of([guess.field if guess else None for guess in found], list(headers), rows) != "unknown":
        return found, None
    place = next((n for n, header in enumerate(headers) if _names(header, found[n], samples[n], rows)), None)
    if place is None:
        return found, None
    found = list(found)
    found[place] = Guess("touchpoint", 0.5)
    if "stage" not in fields:
        found = [replace(one, field="stage", confidence=0.5) if one and one.field == "step" and _few(seen) else one
                 for one, seen in zip(found, samples, strict=True)]  # fmt: skip
    return found, place


def _names(header: str, guess: Guess | None, seen: Sample, rows: int) -> bool:
    """Whether a column holds short texts, one a row, nearly all different."""
    bare = normalise(header) in ("contact", "contacts")  # of a person, it would stand among the facts about a customer
    loose = guess is None or bare or guess.field in _LOOSE or (guess.confidence < 0.7 and FIELDS[guess.field].type in ("text", "category"))
    told = seen.filled >= 0.8 * min(rows, 300) and seen.filled >= 3 and seen.textual and not _mostly_of_days(seen)
    return loose and told and not is_question(header) and 2 <= seen.length <= _LONGEST_NAME and seen.distinct >= 0.8 * seen.filled


def _mostly_of_days(seen: Sample) -> bool:
    """“3 au 5 avril”, “12-14 May”: stays and periods, not names."""
    return sum(bool(_STAY.match(plain(word))) for word in seen.words) > 0.5 * len(seen.words)


def _few(seen: Sample) -> bool:
    return seen.textual and seen.distinct < 0.8 * seen.filled


def _heads_series(header: str, numbered: Collection[str] = ()) -> bool:
    bare = without_number(header)
    return header in numbered or is_period(bare) or parse_date(bare) is not None


def _numbered(headers: Sequence[str]) -> set[str]:
    """“S1, S2, S3, S4”: the weeks of a table that counts them one after the other."""
    told = [(found[1].casefold(), int(found[2]), header) for header in headers if (found := _WEEKS.match(header.strip()))]
    letters = {letter for letter, *_ in told}
    numbers = [number for _, number, _ in told]
    return {header for *_, header in told} if len(letters) == 1 and len(told) > 2 and numbers == sorted(set(numbers)) else set()


def without_number(header: str) -> str:
    """A header as the file has it: “mars (2)” is the second “mars”."""
    return _AGAIN.sub("", header)


def with_latest(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample], corner: str
) -> tuple[list[Guess | None], int | None]:
    """The guesses, and which column was taken for the value of the indicators where each period has a column: the last with figures.

    Where the ``corner`` is blank, the column under it names the indicators.
    """
    fields = {guess.field for guess in found if guess}
    weeks = _numbered(headers)
    series = sum(found[n] is None and _heads_series(header, weeks) and samples[n].numbers >= 0.5 for n, header in enumerate(headers))
    bare = not corner or normalise(corner) in PERIOD_NAMES
    if series >= 2 and bare and samples[0].textual and samples[0].filled and not fields & _NO_SERIES:
        found = [Guess("kpi", 0.7), *found[1:]]
        fields = {guess.field for guess in found if guess}
    measured = "touchpoint" in fields and "kpi" not in fields and not fields & _JUDGED - {"stage", "family", "online"}
    if not ("kpi" in fields or measured) or fields & {"kpi_value", "action", "date", "period"}:
        return found, None
    periods = [n for n, header in enumerate(headers) if found[n] is None and _heads_series(header, weeks)]
    told = [n for n in periods if samples[n].filled and samples[n].numbers >= 0.5]
    if len(told) < 2:
        return found, None
    if measured and not all(_is_mark(word) for n in told for word in samples[n].words):
        return found, None
    found = list(found)
    found[told[-1]] = Guess("satisfaction" if measured else "kpi_value", 0.6)
    return found, told[-1]


def with_latest_figure(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]
) -> tuple[list[Guess | None], int | None]:
    """The guesses of indicators, where “Actual Q1” and “Actual Q2” are one figure of two periods: the last is taken, and which that is."""
    fields = {guess.field: n for n, guess in enumerate(found) if guess}
    if "kpi" not in fields:
        return found, None
    found, latest = list(found), None
    for field in ("kpi_value", "kpi_target"):
        filled = [n for n, seen in enumerate(samples) if seen.numbers >= 0.5]
        told = [(_order(period), n) for n in filled if (period := _figure_of(headers[n], field))]
        same = [n for _, n in told]
        if not same or (field in fields and fields[field] not in same):
            continue
        last = max(told)[1] if all(day for day, _ in told) else same[-1]
        for n in same:
            found[n] = Guess(field, 0.8) if n == last else None
        latest = last if field == "kpi_value" and len(same) > 1 else latest
    return found, latest


def _figure_of(header: str, field: str) -> str:
    """The period of a header such as “Réalisé T1 2026”, where what stands beside it names the figure; a year alone is read elsewhere."""
    said = parted_period(without_number(header))
    if said is None or _YEAR.fullmatch(said[1]):
        return ""
    return said[1] if any(guess.field == field and guess.confidence >= 0.85 for guess in guesses(said[0])[:3]) else ""


def _order(period: str) -> str:
    day = first_day(period)
    return day.isoformat() if day else ""


def with_latest_score(
    headers: Sequence[str], found: list[Guess | None], samples: Sequence[Sample]
) -> tuple[list[Guess | None], int | None]:
    """The guesses, where “NPS 2023” and “NPS 2024” are one measure of two years: the last is taken, and which column that is."""
    years = {n: int(year[0]) for n, header in enumerate(headers) if (year := _YEAR.search(header))}
    found = list(found)
    for n, guess in enumerate(found):
        if guess is None or n not in years or guess.field not in ("nps", "satisfaction", "rating", "ces"):
            continue
        same = [
            m
            for m in years
            if m == n or (found[m] is None and _YEAR.sub("", headers[m]) == _YEAR.sub("", headers[n]) and samples[m].filled)
        ]
        last = max(same, key=lambda m: years[m])
        if len(same) > 1:
            found[n], found[last] = (None, guess) if last != n else (guess, guess)
            return found, last
    return found, None


def _is_mark(word: str) -> bool:
    """A figure up to 10, as means of answers are."""
    number = parse_number(word, ",")
    return is_missing(word) or (number is not None and not number.percent and 0 <= number.value <= 10)
