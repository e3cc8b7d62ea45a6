"""Collects every message of the code. `python tests/messages.py` prints those without French, ready to be pasted in a .po."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

#: call names that mark a message: t("…"), _("…"), N_("…"), t.n("…", "…", n), self.t("…")
MARKS = {"t", "_", "N_"}


def _name(call: ast.Call) -> str:
    func = call.func
    if isinstance(func, ast.Call):  # session.t()("…")
        return _name(func)
    if isinstance(func, ast.Name):
        return func.id
    if isinstance(func, ast.Attribute):
        if func.attr == "n":
            owner = func.value
            owner = owner.func if isinstance(owner, ast.Call) else owner
            inner = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            return "t.n" if inner in MARKS else ""
        return func.attr
    return ""


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def messages_of(path: Path) -> Iterator[tuple[int, str, str | None]]:
    """(line, message, plural or None) of one file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node)
        if name == "t.n" and len(node.args) >= 2:
            one, many = _text(node.args[0]), _text(node.args[1])
            if one and many:
                yield node.lineno, one, many
        elif name == "edit" and len(node.args) > 1 and _text(node.args[1]):  # a line of the history
            yield node.lineno, str(_text(node.args[1])), None
        elif name in MARKS and node.args:
            text = _text(node.args[0])
            if text:
                yield node.lineno, text, None


def collect() -> dict[str, tuple[str | None, str]]:
    """message → (plural, where it stands first)."""
    found: dict[str, tuple[str | None, str]] = {}
    files = [ROOT / "app.py", ROOT / "start.py", *sorted(ROOT.glob("analysis/**/*.py")), *sorted(ROOT.glob("pages/**/*.py"))]
    for path in files:
        if path.exists():
            for line, text, plural in messages_of(path):
                found.setdefault(text, (plural, f"{path.relative_to(ROOT).as_posix()}:{line}"))
    return found


def missing(language: str = "fr") -> dict[str, tuple[str | None, str]]:
    from analysis.language import _catalogue

    known = _catalogue(language)
    return {text: where for text, where in collect().items() if text not in known}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    for text, (plural, where) in missing().items():
        if len(sys.argv) > 1 and not where.startswith(tuple(sys.argv[1:])):
            continue
        print(f"#: {where}\nmsgid {_quoted(text)}")
        print(f'msgid_plural {_quoted(plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n' if plural else 'msgstr ""\n')
