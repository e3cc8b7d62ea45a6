"""Every field that Parcours knows: its name, what it is called in English and French, its type, unit and usual range.

The one vocabulary of reading, pages and exports. The headers under which files call them are in
``reading/vocabulary/*.tsv`` (see :mod:`analysis.reading.headers`).

>>> FIELDS["impact"].label("fr")
'Impact'
>>> FIELDS["reach"].unit
'%'
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.language import N_, translator

#: what a cell of the field holds
TYPES = (
    "text",
    "category",
    "score",
    "count",
    "money",
    "percent",
    "number",
    "date",
    "duration",
    "flag",
    "list",
    "id",
    "link",
)


@dataclass(frozen=True)
class Field:
    """One field of the vocabulary.

    Parameters
    ----------
    name : the name in frames.
    text : its English label; French through :meth:`label`.
    type : one of :data:`TYPES`.
    unit : ``%``, ``¤`` (the project's currency), ``min``, ``days`` or nothing.
    low, high : usual ends of the scale, for scores and percentages.
    personal : which kind of personal data it is (name, email, phone, ip), if it is.
    several : a table may have several columns of it, which are kept apart.
    """

    name: str
    text: str
    type: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    personal: str = ""
    several: bool = False

    def label(self, language: str = "en") -> str:
        """What people call it, in ``"en"`` or ``"fr"``."""
        return translator(language)(self.text)

    @property
    def scale(self) -> tuple[float, float] | None:
        """The usual scale, or nothing where files decide."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def numeric(self) -> bool:
        return self.type in ("score", "count", "money", "percent", "number", "duration")


_ALL = (
    # the map
    Field("touchpoint", N_("Touchpoint"), "text"),
    Field("stage", N_("Stage"), "category"),
    Field("step", N_("Step, customer’s action"), "text"),
    Field("order", N_("Order"), "count"),
    Field("family", N_("Family"), "category"),
    Field("channel", N_("Channel"), "category"),
    Field("medium", N_("Medium"), "category"),
    Field("online", N_("Online or offline"), "category"),
    Field("direct", N_("Direct or indirect"), "category"),
    Field("lifecycle", N_("Lifecycle phase"), "category"),
    Field("persona", N_("Persona"), "category"),
    Field("team", N_("Team"), "category"),
    Field("owner", N_("Owner"), "text"),
    Field("system", N_("System"), "text"),
    Field("backstage", N_("Backstage"), "text"),
    Field("evidence", N_("Evidence"), "text"),
    Field("competitor", N_("Competitors"), "text"),
    Field("emotion", N_("Emotion"), "text", low=-2, high=2),
    Field("emotion_score", N_("Emotion score"), "score", low=-2, high=2),
    Field("sentiment_label", N_("Sentiment"), "category"),
    Field("thought", N_("Thoughts"), "list"),
    Field("need", N_("Needs"), "list"),
    Field("pain", N_("Pain points"), "list"),
    Field("delight", N_("Delights"), "list"),
    Field("opportunity", N_("Opportunities"), "list"),
    Field("moment_of_truth", N_("Moment of truth"), "flag"),
    # scores
    Field("impact", N_("Impact"), "score", low=1, high=10),
    Field("effort", N_("Effort"), "score", low=1, high=10),
    Field("effort_days", N_("Effort in person-days"), "number", unit="days"),
    Field("importance", N_("Importance"), "score", low=1, high=10),
    Field("fit", N_("Fit with the persona"), "score", low=1, high=10),
    Field("satisfaction", N_("Satisfaction"), "score", low=1, high=5),
    Field("rating", N_("Rating"), "score", low=1, high=5),
    Field("nps", N_("Likelihood to recommend"), "score", low=0, high=10),
    Field("nps_group", N_("NPS group"), "category"),
    Field("ces", N_("Customer effort"), "score", low=1, high=7),
    Field("rational", N_("Rational value"), "score", low=1, high=10),
    Field("emotional", N_("Emotional value"), "score", low=1, high=10),
    Field("behavioural", N_("Behavioural value"), "score", low=1, high=10),
    Field("touchpoint_value", N_("Touchpoint Value"), "score", low=0, high=100),
    # figures
    Field("reach", N_("Reach"), "percent", unit="%", low=0, high=100),
    Field("cost", N_("Cost"), "money", unit="¤"),
    Field("running_cost", N_("Yearly cost"), "money", unit="¤"),
    Field("complaints", N_("Complaints"), "count"),
    Field("count", N_("Number"), "count"),
    Field("frequency", N_("Frequency"), "category"),
    Field("duration", N_("Duration"), "duration", unit="min"),
    Field("revenue", N_("Revenue"), "money", unit="¤"),
    Field("conversions", N_("Conversions"), "count"),
    Field("conversion_rate", N_("Conversion rate"), "percent", unit="%", low=0, high=100),
    Field("engagement_rate", N_("Engagement rate"), "percent", unit="%", low=0, high=100),
    # answers
    Field("question", N_("Question"), "text"),
    Field("answer", N_("Answer"), "text"),
    Field("comment", N_("Comment"), "text"),
    Field("date", N_("Date"), "date"),
    Field("period", N_("Period"), "category"),
    Field("source", N_("Source"), "text"),
    Field("language", N_("Language"), "category"),
    Field("tags", N_("Tags"), "list"),
    Field("side", N_("Staff or customer"), "category"),
    # plan
    Field("action", N_("Action"), "text"),
    Field("priority", N_("Priority"), "category"),
    Field("status", N_("Status"), "category"),
    Field("accountable", N_("Accountable"), "text"),
    Field("consulted", N_("Consulted"), "text"),
    Field("informed", N_("Informed"), "text"),
    Field("progress", N_("Progress"), "percent", unit="%", low=0, high=100),
    Field("start_date", N_("Start"), "date"),
    Field("due_date", N_("Due date"), "date"),
    Field("end_date", N_("End"), "date"),
    # indicators
    Field("kpi", N_("Indicator"), "text"),
    Field("kpi_value", N_("Value"), "number"),
    Field("kpi_baseline", N_("Starting value"), "number"),
    Field("kpi_target", N_("Target"), "number"),
    Field("unit", N_("Unit"), "text"),
    # logs
    Field("event", N_("Event"), "text"),
    Field("campaign", N_("Campaign"), "text"),
    Field("device", N_("Device"), "category"),
    Field("country", N_("Place"), "category"),
    Field("url", N_("Web address"), "link"),
    # anything
    Field("id", N_("Identifier"), "id"),
    Field("customer_id", N_("Customer identifier"), "id"),
    Field("company", N_("Company"), "text"),
    Field("description", N_("Description"), "text"),
    Field("person_name", N_("Person's name"), "text", personal="name", several=True),
    Field("email", N_("E-mail address"), "text", personal="email"),
    Field("phone", N_("Telephone"), "text", personal="phone", several=True),
    Field("ip", N_("IP address"), "text", personal="ip"),
)

#: name → Field
FIELDS: dict[str, Field] = {field.name: field for field in _ALL}


def label(name: str, language: str = "en") -> str:
    """What people call a field; a name that is no field is given back.

    >>> label("pain", "en")
    'Pain points'
    """
    field = FIELDS.get(name)
    return field.label(language) if field else name
