"""Compiling the message catalogues with Babel, so that no machine needs gettext to run Strata."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import PROJECT

LOCALE = PROJECT / "locale"


def compile_catalogues(directory: Path = LOCALE) -> list[Path]:
    """Compile every catalogue that is newer than its compiled file; return those compiled."""
    stale = [path for path in sorted(directory.glob("*/LC_MESSAGES/*.po")) if _is_stale(path)]
    for path in stale:
        _compile(path)
    return stale


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


def _compile(path: Path) -> None:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    except PoFileError as error:
        message = f"{path}, line {error.lineno + 1}: {error.line.strip()!r} is not part of a message."
        raise EmbeddedError(message) from error
    # Renamed into place: a server that starts now reads the old file or the new one, never half of it.
    part = path.with_suffix(".mo.part")
    with part.open("wb") as file:
        write_mo(file, catalogue)
    part.rename(path.with_suffix(".mo"))


if __name__ == "__main__":
    compile_catalogues()
