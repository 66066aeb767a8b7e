"""YAML of the built-in content, checked against its JSON schema, with the line of every mistake."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match

SCHEMAS = "schema"
FENCE = "---"
FORMATS = FormatChecker(["date"])
Node = yaml.nodes.Node
PathInFile = tuple[str | int, ...]


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class ContentError(Exception):
    """A content file that cannot be used; the sentence names file and line."""


class _PlainLoader(yaml.CSafeLoader):
    """Leaves dates as text: the schema checks their form."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_content(root: Path, path: Path, *, schema: str) -> Any:
    """Return the value of one file below ``root``; ``schema`` names a file of ``schema/`` without its ending.

    Raises :class:`ContentError` with file and line.
    """
    return _checked(root, path.relative_to(root), _text(root, path), schema=schema)


def read_front_matter(root: Path, path: Path, *, schema: str) -> tuple[Any, str]:
    """Return the YAML between the first two lines of ``---`` and the Markdown behind them, without blank ends.

    Raises :class:`ContentError` with file and line.
    """
    place = path.relative_to(root)
    lines = _text(root, path).splitlines()
    marks = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    if marks[:1] != [0] or not marks[1:]:
        raise ContentError(f"{place}, line 1: the file must begin with YAML between two lines of '{FENCE}'.")
    # The empty first line stands for the fence, so that lines count as in the file.
    front = "\n".join(["", *lines[1 : marks[1]]]) + "\n"
    return _checked(root, place, front, schema=schema), "\n".join(lines[marks[1] + 1 :]).strip()


def _text(root: Path, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(f"{path.relative_to(root)}: the file is not UTF-8 (byte {error.start}).") from error


def _checked(root: Path, place: Path, text: str, *, schema: str) -> Any:
    loader = _PlainLoader(text)
    try:
        node = loader.get_single_node()
        value = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(f"{place}, line {line}: {error.problem}.") from error
    except ValueError as error:
        raise ContentError(f"{place}: {error}.") from error
    finally:
        loader.dispose()
    _refuse_duplicates(node, place)
    mistake = best_match(_validator(root / SCHEMAS / f"{schema}.schema.json").iter_errors(value))
    if mistake is not None:
        raise ContentError(_sentence(place, node, mistake))
    return value


@cache
def _validator(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=FORMATS)


def _sentence(place: Path, node: Node | None, mistake: ValidationError) -> str:
    where = tuple(mistake.absolute_path)
    named = ".".join(str(part) for part in where)
    return f"{place}, line {line_of(node, where)}: {named + ': ' if named else ''}{mistake.message}."


def line_of(node: Node | None, where: PathInFile) -> int:
    """Return the line (from 1) at which the value at a path begins, or that of the nearest value around it."""
    if node is None:
        return 1
    for part in where:
        child = _child(node, part)
        if child is None:
            break
        node = child
    return int(node.start_mark.line) + 1


def line_in(path: Path, where: PathInFile) -> int:
    """Return the line (from 1) of a value in a file that was read before; it is parsed again, for a mistake alone."""
    return line_of(yaml.compose(path.read_text(encoding="utf-8"), Loader=_PlainLoader), where)


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return node.value[part] if part < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    return None


def _refuse_duplicates(node: Node | None, place: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise ContentError(f"{place}, line {key.start_mark.line + 1}: '{key.value}' stands twice.")
            seen.add(key.value)
            _refuse_duplicates(value, place)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicates(value, place)
