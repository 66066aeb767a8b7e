"""YAML of untrusted origin, read by libyaml within bounds on size, depth and aliases."""

import re
from collections.abc import Sequence
from typing import Any

import yaml

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 100
MAX_ALIASES = 1000
MAX_KEYS = 1000

# libyaml's composer is recursive C: a million "[" end the process. Texts that show none of these signs cannot nest
# deeper than a few hundred levels; the others are walked event by event, which is not recursive, before they are built.
_MANY_INDICATORS = re.compile(rb"(?:[-?:][ \t]+){50}")
_FLOW_SIGNS = (b"[", b"{")
_ALIAS = re.compile(rb"\*[^\s*]")


class UnreadableTextError(Exception):
    """A text that is no landscape: why, and in which line (from 1) if that is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


class _BoundedLoader(yaml.CSafeLoader):
    """The C loader, with a limit to what merge keys (``<<``) can pile up."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)
        if len(node.value) > MAX_KEYS:
            raise yaml.constructor.ConstructorError(None, None, "a mapping has too many keys", node.start_mark)


def load(text: bytes) -> Any:
    """Give the one document in ``text``.

    Raises ``UnreadableTextError``: not UTF-8, not YAML, over 20 MB, nested over 100 deep, over 1,000 aliases.
    """
    if len(text) > MAX_BYTES:
        raise UnreadableTextError(f"the file has {len(text):,} bytes, more than the {MAX_BYTES:,} that are read")
    _refuse_bombs(text)
    try:
        return yaml.load(text, Loader=_BoundedLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.reader.ReaderError as error:
        raise UnreadableTextError(f"not UTF-8 text ({error.reason})", _line_of_offset(text, error.position)) from error
    except yaml.MarkedYAMLError as error:
        raise UnreadableTextError(*_reason_and_line(error)) from error
    except yaml.YAMLError as error:
        raise UnreadableTextError(f"not YAML ({error})") from error
    except (ValueError, OverflowError, RecursionError) as error:
        # PyYAML lets the conversions of a scalar through: the 31st of February, an integer of 5,000 digits.
        raise UnreadableTextError(f"a value cannot be read ({error})", _line_of_bad_scalar(text)) from error


def line_at(text: bytes, path: Sequence[str | int]) -> int | None:
    """Give the line (from 1) where the node at ``path`` (keys and indexes) begins; None if it is not there."""
    node = yaml.compose(text, Loader=_BoundedLoader)
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return None if node is None else node.start_mark.line + 1


def _reason_and_line(error: yaml.MarkedYAMLError) -> tuple[str, int | None]:
    # A key without a colon is noticed in a later line; its own is in the context.
    is_key = error.context is not None and "simple key" in error.context
    mark = (error.context_mark if is_key else None) or error.problem_mark or error.context_mark
    reason = ", ".join(part for part in (error.context, error.problem) if part)
    return f"not valid YAML ({reason})", None if mark is None else mark.line + 1


def _line_of_offset(text: bytes, offset: int) -> int:
    return text.count(b"\n", 0, offset) + 1


def _line_of_bad_scalar(text: bytes) -> int | None:
    """Find the first scalar whose conversion fails, on the way to an error message only."""
    loader = _BoundedLoader(text)
    try:
        pending = [loader.get_single_node()]
        while pending:
            node = pending.pop()
            if isinstance(node, yaml.MappingNode):
                pending.extend(child for pair in reversed(node.value) for child in reversed(pair))
            elif isinstance(node, yaml.SequenceNode):
                pending.extend(reversed(node.value))
            elif node is not None and not _converts(loader, node):
                return int(node.start_mark.line) + 1
    finally:
        loader.dispose()
    return None


def _converts(loader: _BoundedLoader, node: yaml.Node) -> bool:
    try:
        loader.construct_object(node)
    except (ValueError, OverflowError):
        return False
    return True


def _refuse_bombs(text: bytes) -> None:
    looks_deep = (
        sum(text.count(sign) for sign in _FLOW_SIGNS) > MAX_DEPTH
        or b" " * (2 * MAX_DEPTH) in text
        or _MANY_INDICATORS.search(text) is not None
    )
    looks_aliased = text.count(b"*") > MAX_ALIASES and len(_ALIAS.findall(text)) > MAX_ALIASES
    if looks_deep or looks_aliased:
        _walk_events(text)


def _walk_events(text: bytes) -> None:
    depth = aliases = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.AliasEvent):
                aliases += 1
            if depth > MAX_DEPTH or aliases > MAX_ALIASES:
                what = f"nested over {MAX_DEPTH} deep" if depth > MAX_DEPTH else f"over {MAX_ALIASES} aliases"
                line = event.start_mark.line + 1 if event.start_mark else None
                raise UnreadableTextError(f"refused, {what}", line)
    except yaml.YAMLError:
        return  # what is wrong is said by the loading that follows; it stops at the same place
