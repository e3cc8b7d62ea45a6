"""The worker's loop: a request on standard input, an answer on what was standard output, until the parent goes away."""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib import import_module
from typing import Any, BinaryIO

from analysis.reading.worker.pack import Sheet, message
from analysis.reading.worker.refusal import Refusal


def main() -> None:
    """Serve until standard input ends."""
    # cells come in millions and hold no cycles: looking for some costs a fifth of the time
    gc.disable()
    requests, answers = sys.stdin.buffer, _private_output()
    while True:
        size = requests.read(8)
        if len(size) < 8:
            return
        options = json.loads(requests.read(int.from_bytes(size, "little")))
        if options.get("prepare"):
            _prepare()
            _send(answers, message({"ok": True}, []))
            continue
        data = requests.read(options["bytes"])
        _send(answers, answer(data, options))
        del data
        gc.collect()


def _private_output() -> BinaryIO:
    """Keep the pipe for answers; what a library prints goes nowhere."""
    kept = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return kept


def _send(answers: BinaryIO, parts: list[bytes]) -> None:
    total = sum(map(len, parts))
    answers.write(total.to_bytes(8, "little"))
    for part in parts:
        answers.write(part)
    answers.flush()


def _prepare() -> None:
    """Load what most requests need, before the first comes."""
    for name in (
        "python_calamine",
        "clevercsv.detect",
        "analysis.reading.worker.workbook",
        "analysis.reading.worker.delimited",
    ):
        import_module(name)


def answer(data: bytes, options: dict[str, Any]) -> list[bytes]:
    """The answer to one request: sheets, or why there are none."""
    _limit_memory(options.get("memory"))
    try:
        about, sheets = open_file(data, options)
        return message({"ok": True, **about}, sheets)
    except Refusal as refusal:
        return _refused(refusal.code, refusal.reason, refusal.values)
    except (MemoryError, RecursionError):
        return _refused("too_large", "memory", {})
    except BaseException as wrong:
        if isinstance(wrong, KeyboardInterrupt | SystemExit):
            raise
        return _refused("corrupt", "reader", {"error": f"{type(wrong).__name__}: {wrong}"[:300]})


def _refused(code: str, reason: str, values: dict[str, Any]) -> list[bytes]:
    return message({"ok": False, "code": code, "reason": reason, "values": values}, [])


def _limit_memory(memory: int | None) -> None:
    """The system refuses more than this to the process; where it cannot, the parent watches."""
    if not memory:
        return
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ImportError, ValueError, OSError):
        return


def open_file(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[Sheet]]:
    """What kind of file it is, and its sheets."""
    from analysis.reading.worker import gate

    kind = gate.identify(data)
    if kind in ("zip", "gzip") and options.get("inside"):
        raise Refusal("unsupported", "archive")
    if kind == "text":
        return _text(data, options)
    if kind in ("xlsx", "xlsb", "xls", "ods"):
        from analysis.reading.worker import workbook

        return {"kind": kind, "notes": []}, workbook.read(data, kind, options)
    return _other(kind, data, options)


def _text(data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[Sheet]]:
    from analysis.reading.worker import delimited

    sheets, about = delimited.read(data, options)
    return {"kind": "text", **about}, sheets


def _other(kind: str, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[Sheet]]:
    from analysis.reading.worker import archives, markup

    if kind == "gzip":
        return open_file(archives.gunzip(data), {**options, "inside": True})
    if kind == "zip":
        return archives.read_zip(data, options, open_file)
    read = markup.read_html if kind == "html" else markup.read_spreadsheetml
    return {"kind": kind, "notes": []}, read(data, options)
