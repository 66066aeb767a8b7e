"""Checks that the Chinese catalogue holds every text of the code and the templates, translated."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from landscape.embedded import children, logs
from landscape.embedded.paths import PROJECT
from landscape.embedded.preparation import CODE

LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Say what is wrong with the catalogue; return 1 if anything is."""
    if not shutil.which("xgettext"):
        logs.complain("Checking the messages needs gettext (Debian, Ubuntu: apt-get install gettext).")
        return 1
    if not (PROJECT / CATALOGUE).exists():
        logs.complain(f"{CATALOGUE} is missing: python3 run.py manage makemessages --locale {LANGUAGE} --no-location.")
        return 1
    with tempfile.TemporaryDirectory() as directory:
        extracted = _extract(Path(directory))
    mistakes = compare(_read(PROJECT / CATALOGUE), extracted)
    for mistake in mistakes:
        logs.complain(mistake)
    return 1 if mistakes else 0


def compare(ours: Catalog, extracted: Catalog) -> list[str]:
    """Return one sentence for each text that is missing, unused, untranslated or only guessed in ``ours``."""
    there, wanted = _texts(ours), _texts(extracted)
    sentences = [f"{CATALOGUE} lacks {key[1]!r}." for key in wanted if key not in there]
    sentences += [f"{CATALOGUE} has {key[1]!r}, which nothing uses." for key in there if key not in wanted]
    sentences += [
        f"{CATALOGUE} does not translate {key[1]!r}." for key, text in there.items() if not _is_translated(text)
    ]
    return sentences + [f"{CATALOGUE} only guesses {key[1]!r} (fuzzy)." for key, text in there.items() if text.fuzzy]


def _extract(copy: Path) -> Catalog:
    """Return the catalogue that makemessages would write, made in a copy of the sources."""
    unwanted = shutil.ignore_patterns("__pycache__", "*.mo")
    for folder in (*CODE, "templates", "static", "locale"):
        if (PROJECT / folder).is_dir():
            shutil.copytree(PROJECT / folder, copy / folder, ignore=unwanted)
    shutil.copy(PROJECT / "manage.py", copy)
    command = children.python("manage.py", "makemessages", "--locale", LANGUAGE, "--no-location", "--no-obsolete")
    subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
    return _read(copy / CATALOGUE)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _texts(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    texts = {}
    for message in catalogue:
        identity = message.id if isinstance(message.id, str) else message.id[0]
        if identity:
            texts[message.context or "", identity] = message
    return texts


def _is_translated(message: Message) -> bool:
    return all([message.string] if isinstance(message.string, str) else message.string or [""])


if __name__ == "__main__":
    sys.exit(main())
