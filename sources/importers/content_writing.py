"""How files of ``content/`` are written: YAML and CSV that diff well, a file whole or not at all."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

WIDTH = 110


class _Dumper(yaml.CSafeDumper):
    """Quotes what would be read as another type, and nothing else."""


def entry_text(entry: Mapping[str, Any]) -> str:
    """Return the YAML of a file: keys in the schema's order, Chinese as it is, lines that diff well."""
    return yaml.dump(dict(entry), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)


def table_text(lines: Iterable[Sequence[object]]) -> str:
    """Return the CSV of a file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def head_comment(path: Path) -> str:
    """Return the lines of comment that a file begins with; "" if there is no file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.is_file() else []
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def write_text(path: Path, text: str) -> bool:
    """Write a file whole or not at all; tell whether its text changed."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return True
