"""Reads a landscape's whole history without a database, and says what it took.

    python -m benchmarks.read_history SOURCE [--verify N]

The time is given beside that of plain reading of the same objects through ``git cat-file --batch`` in the same run.
``--verify N`` takes N versions evenly and compares every row with a parse of the whole text by PyYAML.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import astuple

from sources.clients import landscape_git as git
from sources.clients.landscape_card_bodies import CardShelf
from sources.clients.landscape_history import read_history
from sources.clients.landscape_origin import FileSource, GitSource
from sources.clients.landscape_sections import Section, SectionKey, read_whole
from sources.clients.landscape_source import open_source


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--verify", type=int, default=0, metavar="N")
    options = parser.parse_args()
    started = time.perf_counter()
    with open_source(options.source) as source:
        if isinstance(source, FileSource):
            parser.error("a single file has no history")
        print(f"opened in {time.perf_counter() - started:.2f} s")
        seconds = _read_all(source)
        plain = _plain_seconds(source)
        print(f"plain git cat-file --batch: {plain:.2f} s; ratio {seconds / plain:.1f}")
        return _verify(source, options.verify) if options.verify else 0


def _read_all(source: GitSource) -> float:
    started = time.perf_counter()
    history = read_history(source)
    prepared = time.perf_counter()
    bodies, changed, unreadable = set(), 0, []
    for version in history:
        changed += len(version.changed)
        if version.status == "unreadable":
            unreadable.append(version.problem)
        for section in version.changed:
            bodies.update(map(id, section.cards))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"versions {len(history)}, unreadable {len(unreadable)}, changed sections {changed}, cards {len(bodies)}")
    print(f"whole parses {history.reader.whole_parses}, first {prepared - started:.2f} s, all {seconds:.2f} s")
    print(f"peak {peak:.0f} MB of this process", *unreadable, sep="\n  ")
    return seconds


def _plain_seconds(source: GitSource) -> float:
    blobs = list(read_history(source).blobs.values())
    started = time.perf_counter()
    for _ in git.read_objects(source.repository, blobs):
        pass
    return time.perf_counter() - started


def _verify(source: GitSource, wanted: int) -> int:
    """Follow the differences and compare the state with a whole parse, card by card, at ``wanted`` places."""
    history = read_history(source)
    step = max(len(history) // wanted, 1)
    sampled = dict(list(history.blobs.items())[::step])
    objects = git.read_objects(source.repository, list(sampled.values()))
    shelf = CardShelf()
    state: dict[SectionKey, Section] = {}
    compared = wrong = rows = 0
    for version in history:
        for key in version.removed:
            del state[key]
        state.update({section.key: section for section in version.changed})
        text = next(objects).content if version.commit in sampled else None
        if text is None or version.status == "unreadable":
            continue
        whole = read_whole(text, shelf)
        compared += 1
        rows += sum(len(section.cards) for section in whole.sections.values())
        same = whole.outline == version.outline and _rows(whole.sections) == _rows(state)
        if not same:
            wrong += 1
            print(f"differs: {version.commit}")
    print(f"verified {compared} versions, {rows} rows, {wrong} differ")
    return 1 if wrong else 0


def _rows(sections: Mapping[SectionKey, Section]) -> dict[SectionKey, list[str]]:
    """Give the rows as JSON, which keeps apart the types that equality takes for one another."""
    return {key: [_json(section.extra), *map(_json, map(astuple, section.cards))] for key, section in sections.items()}


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


if __name__ == "__main__":
    sys.exit(main())
