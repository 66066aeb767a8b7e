"""The text form in which Prometheus reads figures (https://prometheus.io/docs/instrumenting/exposition_formats/)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """One value; ``suffix`` is what a histogram adds to its family's name."""

    value: float
    labels: Labels = field(default_factory=dict)
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A figure and all its samples; ``kind`` is gauge, counter or histogram."""

    name: str
    kind: str
    about: str
    samples: Iterable[Sample]


def expose(families: Iterable[Family]) -> str:
    """Write families; one without samples is left out."""
    return "".join(line + "\n" for family in families for line in _lines(family))


def _lines(family: Family) -> list[str]:
    samples = [
        f"{family.name}{sample.suffix}{_labels(sample.labels)} {_number(sample.value)}" for sample in family.samples
    ]
    if not samples:
        return []
    about = family.about.replace("\\", r"\\").replace("\n", r"\n")
    return [f"# HELP {family.name} {about}", f"# TYPE {family.name} {family.kind}", *samples]


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
