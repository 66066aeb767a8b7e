"""What entries of the knowledge base may point at: every slug that a file names must exist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.models import Comparison, Concept
from market.models import Layer
from sources.clients.content_files import read_organizations, read_taxonomy
from sources.clients.content_yaml import ContentError
from sources.clients.knowledge_files import KnowledgeEntry
from sources.importers.named_rows import named_rows

WORDS = {
    "concepts": "concept",
    "comparisons": "comparison",
    "items": "item",
    "organizations": "organization",
    "subcategories": "subcategory",
    "layers": "layer",
}


@dataclass(slots=True)
class Targets:
    """Keys by what is named and slug.

    ``elsewhere`` holds what our files know and this database may lack: another landscape may be imported, or an analyst
    have deleted a concept, and then a link to it is left out, but is no mistake.
    """

    keys: dict[str, dict[str, int]]
    elsewhere: Mapping[str, frozenset[str]]
    concepts: dict[str, Concept] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> "Targets":
        """Read what exists; four queries."""
        layers = Layer.objects.values_list("framework__slug", "slug", "pk")
        return cls(
            keys=named_rows() | {"layers": {f"{framework}/{slug}": key for framework, slug, key in layers}},
            elsewhere={
                "items": frozenset(path.stem for path in (root / "items").glob("*.yaml")),
                "organizations": frozenset(entry.slug for entry in read_organizations(root)),
                "subcategories": frozenset(read_taxonomy(root).subcategories),
            },
        )

    def add_concepts(
        self,
        entries: Iterable[KnowledgeEntry],
        concepts: Mapping[str, Concept],
        comparisons: Mapping[str, Comparison],
    ) -> None:
        """Let entries point at the concepts and comparisons that files give, and at those that are stored."""
        given = [(entry.kind, entry.slug) for entry in entries]
        own = {name: frozenset(slug for kind, slug in given if kind == name) for name in ("concepts", "comparisons")}
        self.elsewhere = {**self.elsewhere, **own}
        self.concepts = dict(concepts)
        self.keys["concepts"] = {slug: row.pk for slug, row in concepts.items()}
        self.keys["comparisons"] = {slug: row.pk for slug, row in comparisons.items()}

    def check(self, entry: KnowledgeEntry) -> None:
        """Refuse an entry that names what does not exist; raises ``ContentError``."""
        for name, slugs in entry.links.items():
            for slug in slugs:
                if slug not in self.keys[name] and not self._is_elsewhere(name, slug):
                    raise ContentError(f"{entry.place}: there is no {WORDS[name]} '{slug}'.")

    def _is_elsewhere(self, name: str, slug: str) -> bool:
        known = self.elsewhere.get(name, frozenset())
        return slug in known or slug.rpartition(" / ")[2] in known

    def known(self, name: str, slugs: Iterable[str]) -> list[str]:
        """Return those of the slugs that this database has, in their order."""
        return [slug for slug in slugs if slug in self.keys[name]]

    def keys_of(self, name: str, slugs: Iterable[str]) -> list[int]:
        """Return the keys of the slugs that this database has, in their order."""
        return [self.keys[name][slug] for slug in self.known(name, slugs)]

    def concept(self, entry: KnowledgeEntry, slug: str) -> Concept | None:
        """Return a concept that an entry names, None for a deleted one; raises ``ContentError`` if no file gives it."""
        if slug not in self.concepts and not self._is_elsewhere("concepts", slug):
            raise ContentError(f"{entry.place}: there is no concept '{slug}'.")
        return self.concepts.get(slug)
