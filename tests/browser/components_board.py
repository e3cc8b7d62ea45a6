"""A small in-memory journey and matrix for the components' browser tests, and what their events do to it."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from pages.components import journey_events as j
from pages.components import matrix as m

_ids = itertools.count(1)

STAGES = {
    "fr": [
        ("Découverte", "Savoir si la marque existe pour moi"),
        ("Choix en boutique", "Trouver une monture qui me va"),
        ("Achat et financement", "Comprendre ce que je paie"),
        ("Livraison", "Recevoir mes lunettes à temps"),
        ("Utilisation", ""),
        ("Après-vente et fidélité", "Être aidé quand il y a un problème"),
    ],
    "en": [
        ("Discover", "Find out whether the brand is for me"),
        ("Choose in the shop", "Find frames that suit me"),
        ("Buy and finance", "Understand what I pay"),
        ("Delivery", "Get my glasses in time"),
        ("Use", ""),
        ("After-sales and loyalty", "Be helped when something is wrong"),
    ],
}
LANES = {
    "fr": [
        ("actions", "Actions du client"),
        ("thoughts", "Pensées"),
        ("pain_points", "Irritants"),
        ("delights", "Enchantements"),
        ("opportunities", "Opportunités d'amélioration"),
    ],
    "en": [
        ("actions", "Customer's actions"),
        ("thoughts", "Thoughts"),
        ("pain_points", "Pain points"),
        ("delights", "Delights"),
        ("opportunities", "Opportunities"),
    ],
}
TOUCHPOINTS = {
    "fr": [
        ("Publicité locale", 0, "Presse"),
        ("Recherche sur Internet", 0, "Site web"),
        ("Accueil en boutique", 1, "Boutique"),
        ("Essayage des montures", 1, "Boutique"),
        ("Devis et mutuelle", 2, "Boutique"),
        ("Paiement en plusieurs fois", 2, "En ligne"),
        ("SMS de mise à disposition", 3, "SMS"),
        ("Retrait des lunettes", 3, "Boutique"),
        ("Notice d'entretien", 4, "Papier"),
        ("Service après-vente", 5, "Téléphone"),
    ],
    "en": [
        ("Local advertising", 0, "Press"),
        ("Web search", 0, "Website"),
        ("Welcome in the shop", 1, "Shop"),
        ("Trying on frames", 1, "Shop"),
        ("Quote and insurance", 2, "Shop"),
        ("Payment in instalments", 2, "Online"),
        ("“Ready” text message", 3, "Text message"),
        ("Collecting the glasses", 3, "Shop"),
        ("Care leaflet", 4, "Paper"),
        ("After-sales service", 5, "Phone"),
    ],
}
CARDS = {
    "fr": [
        ("actions", 0, "Cherche « opticien près de chez moi »"),
        ("actions", 1, "Essaie dix montures"),
        ("actions", 1, "Demande l'avis d'un proche"),
        ("actions", 2, "Compare deux devis"),
        ("actions", 3, "Appelle pour savoir où en est la commande"),
        ("thoughts", 0, "« Est-ce que c'est cher ? »"),
        ("thoughts", 2, "« Je ne comprends rien à ce reste à charge »"),
        ("thoughts", 4, "« Je vois enfin les sous-titres »"),
        ("pain_points", 1, "Attente un samedi après-midi"),
        ("pain_points", 2, "Reste à charge incompréhensible"),
        ("pain_points", 3, "Retard non annoncé"),
        ("pain_points", 3, "Deux déplacements pour une livraison"),
        ("pain_points", 5, "Numéro du service après-vente introuvable"),
        ("delights", 1, "Conseil patient et honnête"),
        ("delights", 4, "Réglage offert à vie"),
        ("opportunities", 2, "Devis expliqué ligne à ligne"),
        ("opportunities", 3, "SMS d'avancement"),
    ],
    "en": [
        ("actions", 0, "Looks up “optician near me”"),
        ("actions", 1, "Tries ten frames"),
        ("actions", 1, "Asks a friend"),
        ("actions", 2, "Compares two quotes"),
        ("actions", 3, "Calls to ask where the order is"),
        ("thoughts", 0, "“Is it expensive?”"),
        ("thoughts", 2, "“I don't get this co-payment”"),
        ("thoughts", 4, "“I can read the subtitles at last”"),
        ("pain_points", 1, "Queue on a Saturday afternoon"),
        ("pain_points", 2, "Co-payment impossible to understand"),
        ("pain_points", 3, "Delay nobody announced"),
        ("pain_points", 3, "Two trips for one delivery"),
        ("pain_points", 5, "After-sales number nowhere to be found"),
        ("delights", 1, "Patient, honest advice"),
        ("delights", 4, "Free adjustment for life"),
        ("opportunities", 2, "Quote explained line by line"),
        ("opportunities", 3, "Progress by text message"),
    ],
}
EMOTIONS: list[dict[str, Any]] = [
    {"value": 0.4, "provenance": "measured", "n": 48, "sd": 1.0, "low": 0.1, "high": 0.7},
    {"value": 1.6, "provenance": "measured", "n": 48, "sd": 0.6, "low": 1.4, "high": 1.8},
    {"value": -1.3, "provenance": "measured", "n": 41, "sd": 1.4, "low": -1.7, "high": -0.9, "divided": True},
    {"value": -1.5, "provenance": "assumed", "override": True, "measured": -0.4, "n": 37},
    {"value": 1.0, "provenance": "measured", "n": 3, "sd": 0.9, "low": -1.2, "high": 2.0, "few": True},
    {"value": None},
]
WORDS = {"fr": ("Parcours en magasin", "À terme"), "en": ("Shop journey", "To-be")}


def sample(language: str) -> dict[str, Any]:
    """Six stages, six lanes, ten touchpoints, seventeen cards."""
    stages = [
        {"id": f"s{i}", "name": name, "goal": goal, "emotion": dict(EMOTIONS[i])}
        for i, (name, goal) in enumerate(STAGES[language])
    ]
    lanes = [
        {
            "id": "touch",
            "kind": "touchpoints",
            "name": {"fr": "Points de contact", "en": "Touchpoints"}[language],
            "icon": "touchpoints",
            "collapsed": False,
            "fixed": True,
        }
    ]
    lanes += [
        {"id": icon, "kind": "cards", "name": name, "icon": icon, "collapsed": False} for icon, name in LANES[language]
    ]
    feelings = [None, 0.5, 1.5, 2.0, -1.5, 0.0, -1.0, 1.0, None, -2.0]
    touchpoints = [
        {
            "id": f"p{i}",
            "touchpoint": f"t{i}",
            "stage": f"s{stage}",
            "name": name,
            "channel": channel,
            "order": i,
            "emotion": feelings[i],
            "provenance": "measured" if i % 2 else "assumed",
            "n": 20 + i if i % 2 else None,
            "moment_of_truth": i in (3, 9),
            "pain_points": {4: 3, 6: 2, 9: 1}.get(i),
        }
        for i, (name, stage, channel) in enumerate(TOUCHPOINTS[language])
    ]
    cards = [
        {
            "id": f"c{i}",
            "lane": lane,
            "stage": f"s{stage}",
            "touchpoint": "t4" if i == 9 else None,
            "text": text,
            "colour": "",
            "count": 37 if i == 10 else None,
            "order": i,
            "span": 1,
        }
        for i, (lane, stage, text) in enumerate(CARDS[language])
    ]
    cards.append(
        {
            "id": "wide",
            "lane": "opportunities",
            "stage": "s0",
            "touchpoint": None,
            "text": {"fr": "Un seul conseiller du début à la fin", "en": "One adviser from start to end"}[language],
            "colour": "green",
            "count": None,
            "order": 99,
            "span": 3,
        }
    )
    return {
        "stages": stages,
        "lanes": lanes,
        "touchpoints": touchpoints,
        "cards": cards,
        "curves": [
            {
                "id": "tobe",
                "name": WORDS[language][1],
                "values": [0.5, 1.5, 0.5, 1.0, 1.5, 1.0],
                "dash": "dot",
                "marker": "diamond",
            }
        ],
    }


def big(stages: int = 15, lanes: int = 20, cards: int = 400) -> dict[str, Any]:
    """The largest map that must stay fluid."""
    return {
        "stages": [
            {
                "id": f"s{i}",
                "name": f"Stage {i + 1}",
                "goal": "",
                "emotion": {"value": (i % 9) / 2 - 2, "provenance": "measured", "n": 12},
            }
            for i in range(stages)
        ],
        "lanes": [{"id": f"l{i}", "kind": "cards", "name": f"Lane {i + 1}", "icon": "custom"} for i in range(lanes)],
        "touchpoints": [],
        "cards": [
            {
                "id": f"c{i}",
                "lane": f"l{i % lanes}",
                "stage": f"s{(i // lanes) % stages}",
                "text": f"Card {i}: what a customer said about it",
                "order": i,
            }
            for i in range(cards)
        ],
    }


def empty() -> dict[str, Any]:
    """A journey that nobody has begun."""
    return {"stages": [], "lanes": sample("en")["lanes"], "touchpoints": [], "cards": []}


class Board:
    """One shared map with its undo stack."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self.past: list[dict[str, Any]] = []
        self.future: list[dict[str, Any]] = []
        self.log: list[Any] = []

    def on_event(self, event: j.Event) -> None:
        self.log.append(event)
        if isinstance(event, j.UndoAsked) and self.past:
            self.future.append(self.model)
            self.model = self.past.pop()
        elif isinstance(event, j.RedoAsked) and self.future:
            self.past.append(self.model)
            self.model = self.future.pop()
        elif not isinstance(event, j.UndoAsked | j.RedoAsked | j.OpenAsked):
            self.past.append(copy.deepcopy(self.model))
            _apply(self.model, event)


def _find(items: list[dict[str, Any]], id: str) -> dict[str, Any]:
    return next(item for item in items if item["id"] == id)


def _place(items: list[dict[str, Any]], item: dict[str, Any], before: str | None) -> None:
    if item in items:
        items.remove(item)
    items.insert(len(items) if before is None else items.index(_find(items, before)), item)
    for order, other in enumerate(items):
        other["order"] = order


def _apply(model: dict[str, Any], event: j.Event) -> None:
    match event:
        case j.EmotionSet():
            emotion = _find(model["stages"], event.stage)["emotion"]
            if emotion.get("provenance") == "measured":
                emotion |= {"override": True, "measured": emotion["value"]}
            emotion |= {"value": event.value, "provenance": "assumed"}
        case j.EmotionReset():
            emotion = _find(model["stages"], event.stage)["emotion"]
            emotion |= {"value": emotion.pop("measured"), "provenance": "measured", "override": False}
        case j.CardMoved():
            card = _find(model["cards"], event.id)
            card |= {"stage": event.stage, "lane": event.lane}
            _place(model["cards"], card, event.before)
        case j.TouchpointMoved():
            placement = _find(model["touchpoints"], event.id)
            placement["stage"] = event.stage
            _place(model["touchpoints"], placement, event.before)
        case j.StageMoved():
            _place(model["stages"], _find(model["stages"], event.id), event.before)
        case j.LaneMoved():
            _place(model["lanes"], _find(model["lanes"], event.id), event.before)
        case j.LaneCollapsed():
            _find(model["lanes"], event.id)["collapsed"] = event.collapsed
        case j.StageAdded():
            _place(
                model["stages"],
                {"id": f"n{next(_ids)}", "name": event.name, "goal": "", "emotion": {"value": None}},
                event.before,
            )
        case j.CardsAdded():
            for text in event.texts:
                _place(
                    model["cards"],
                    {
                        "id": f"n{next(_ids)}",
                        "lane": event.lane,
                        "stage": event.stage,
                        "text": text,
                        "colour": "",
                        "span": 1,
                    },
                    None,
                )
        case j.TouchpointsAdded():
            for name in event.names:
                _place(
                    model["touchpoints"],
                    {"id": f"n{next(_ids)}", "touchpoint": f"n{next(_ids)}", "stage": event.stage, "name": name},
                    None,
                )
        case j.NameChanged():
            items, field = {
                "stage": ("stages", "name"),
                "lane": ("lanes", "name"),
                "card": ("cards", "text"),
                "touchpoint": ("touchpoints", "name"),
            }[event.what]
            _find(model[items], event.id)[field] = event.text
        case j.GoalSet():
            _find(model["stages"], event.id)["goal"] = event.text
        case j.Removed():
            items = {"stage": "stages", "card": "cards", "touchpoint": "touchpoints"}[event.what]
            model[items].remove(_find(model[items], event.id))
        case j.CardColoured():
            _find(model["cards"], event.id)["colour"] = event.colour
        case j.CardSpanned():
            _find(model["cards"], event.id)["span"] = event.span


LABELS = {
    "fr": [
        "Devis expliqué ligne à ligne",
        "SMS d'avancement",
        "Numéro du service après-vente sur la facture",
        "Prise de rendez-vous en ligne le samedi",
        "Paiement en plusieurs fois sans frais",
        "Formation à l'accueil",
        "Refonte complète du site Internet",
        "Carte de fidélité",
        "Notice d'entretien illustrée",
        "Livraison à domicile",
        "Nouvel éclairage des présentoirs",
        "Enquête une semaine après le retrait",
    ],
    "en": [
        "Quote explained line by line",
        "Progress by text message",
        "After-sales number on the invoice",
        "Saturday appointments online",
        "Instalments free of charge",
        "Welcome training",
        "Complete rebuild of the website",
        "Loyalty card",
        "Illustrated care leaflet",
        "Home delivery",
        "New lighting of the displays",
        "Survey one week after collection",
    ],
}
PLACES = [(8, 3), (7.5, 2), (9, 2), (7, 4), (6, 6), (8, 5), (8.5, 9), (3, 3), (3, 3), (6.5, 8), (2.5, 8), (None, 4)]


def priorities(language: str, more: int = 0) -> dict[str, Any]:
    """Twelve ideas (one of them without its impact, two on one spot) and as many more as wanted."""
    stages = [name for name, _ in STAGES[language]]
    items: list[dict[str, Any]] = [
        {
            "id": f"i{i}",
            "label": label,
            "impact": PLACES[i][0],
            "effort": PLACES[i][1],
            "size": (i * 7) % 23 + 2,
            "group": f"s{i % 6}",
        }
        for i, label in enumerate(LABELS[language])
    ]
    for i in range(more):
        items.append(
            {
                "id": f"m{i}",
                "label": f"{LABELS[language][i % 12]} {i + 1}",
                "impact": (i * 37 % 19) / 2 + 1,
                "effort": (i * 53 % 19) / 2 + 1,
                "size": i % 20 + 1,
                "group": f"s{i % 6}",
            }
        )
    axis = {"low": 1, "high": 10, "cut": 5.5}
    return {
        "items": items,
        "impact": dict(axis),
        "effort": dict(axis),
        "groups": [{"id": f"s{i}", "name": name} for i, name in enumerate(stages)],
    }


class Priorities:
    """One shared matrix."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self.log: list[Any] = []

    def on_event(self, event: m.MatrixEvent) -> None:
        self.log.append(event)
        if isinstance(event, m.Moved):
            _find(self.model["items"], event.id).update(impact=event.impact, effort=event.effort)
