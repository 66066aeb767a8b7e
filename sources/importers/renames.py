"""The renames that nothing but people know of: ``content/renames.yaml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).resolve().parents[2] / "content" / "renames.yaml"


@cache
def known_renames(path: Path = PATH) -> Mapping[str, str]:
    """Give the former name for each new one."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["renames"]
    return {entry["to"]: entry["from"] for entry in entries}
