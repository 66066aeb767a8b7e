"""How to speak of an imported landscape, where its operator says so: files themselves do not tell name and terms."""

from dataclasses import asdict, dataclass

from projects.models import Landscape


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator says; what is "" is left as the import found it."""

    name: str = ""
    licence: str = ""
    attribution: str = ""


def say_terms(terms: Terms) -> None:
    """Write ``terms`` to the imported landscape; the built-in data keep their own, and the same again writes nothing."""
    said = {column: value for column, value in asdict(terms).items() if value}
    landscape = Landscape.objects.filter(is_built_in=False).first()
    if landscape is not None and any(getattr(landscape, column) != value for column, value in said.items()):
        Landscape.objects.filter(pk=landscape.pk).update(**said)
