"""The parts of ``content/`` that stand on the catalogue, in the order in which they are loaded.

Each part reads and checks its files, and writes within the transaction of the whole load: a mistake in any file raises
``ContentError`` with file and line, and nothing is kept.
"""

from collections.abc import Callable
from pathlib import Path

from sources.importers.curated import Merge
from sources.importers.frameworks_load import load_frameworks
from sources.importers.funding_load import load_funding
from sources.importers.judgements_load import load_judgements
from sources.importers.knowledge_load import load_knowledge
from sources.importers.surveys_load import load_surveys

PARTS: tuple[Callable[[Path, Merge], None], ...] = (
    load_frameworks,
    load_surveys,
    load_funding,
    load_judgements,
    load_knowledge,
)
