"""Changes a few keys of a YAML text and leaves every other line as people wrote it."""

import re
from collections.abc import Mapping
from typing import Any

from sources.importers.content_writing import entry_text

KEY = re.compile(r"^'?([A-Za-z_]+)'?:", re.MULTILINE)
ELEMENT = re.compile(r"^- ", re.MULTILINE)
NOTHING: tuple[Any, ...] = ("", None, [])


def patched(text: str, changes: Mapping[str, Any]) -> str:
    """Return a mapping's text in which these keys have these values; "", None and an empty list remove a key.

    New keys are put before "sources", with which our files end.
    """
    blocks = _blocks(text)
    for key, value in changes.items():
        if value in NOTHING:
            blocks.pop(key, None)
        elif key in blocks or "sources" not in blocks:
            blocks[key] = entry_text({key: value})
        else:
            last = blocks.pop("sources")
            blocks |= {key: entry_text({key: value}), "sources": last}
    return "".join(blocks.values())


def _blocks(text: str) -> dict[str, str]:
    """Cut a mapping's text into its head, under "", and the lines of each key."""
    starts = [(match.start(), match.group(1)) for match in KEY.finditer(text)]
    ends = [start for start, _key in starts[1:]] + [len(text)]
    head = text[: starts[0][0]] if starts else text
    return {"": head} | {key: text[start:end] for (start, key), end in zip(starts, ends, strict=False)}


def elements(text: str) -> tuple[str, list[str]]:
    """Cut a list's text into its head and its elements, each as the text of a mapping with the blank lines behind it."""
    starts = [match.start() for match in ELEMENT.finditer(text)]
    parts = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=False)]
    head = text[: starts[0]] if starts else text
    return head, [_outdented(part) for part in parts]


def as_element(text: str) -> str:
    """Return a mapping's text as an element of a list: what ``elements`` has cut out, it puts back as it was."""
    lines = text.splitlines(keepends=True)
    indented = "".join(f"  {line}" if line.strip() else line for line in lines)
    return f"- {indented[2:]}"


def _outdented(part: str) -> str:
    lines = f"  {part[2:]}".splitlines(keepends=True)
    return "".join(line.removeprefix("  ") for line in lines)
