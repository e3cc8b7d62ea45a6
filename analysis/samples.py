"""Complete projects of invented companies, to look around in."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import NotFound
from analysis.project import Project

FOLDER = Path(__file__).parent.parent / "sample_data"
#: language → name of the sample's files
NAMES = {"fr": "atelier_lumen", "en": "harbourline"}


def open_sample(language: str = "fr") -> Project:
    """The sample project of a language: Atelier Lumen (clothes online, ``"fr"``) or Harbourline (payroll service, ``"en"``).

    Some thirty touchpoints over six stages, a survey of more than 200 people, pain points, delights, thoughts, actions of the
    plan. One stage's emotion is set by hand, one is divided, one has few answers. Any other language: English.

    Raises
    ------
    NotFound : the sample files are not installed beside the library.

    Examples
    --------
    >>> project = open_sample("en")
    >>> project.name
    'Harbourline – client journey, payroll service'
    >>> len(project.stages)
    6
    """
    from analysis.project.intake import read_copy

    path = FOLDER / f"{NAMES.get(language, NAMES['en'])}.parcours"
    if not path.exists():
        raise NotFound
    return read_copy(path.read_bytes()).project
