import gettext
import os

import pytest

from landscape.embedded import messages
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.message_check import compare
from landscape.embedded.messages import read_po

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path):
    """Write a catalogue and return its path."""

    def write(text):
        path = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + text)
        return path

    return write


def parsed(path):
    with path.open("rb") as file:
        return read_po(file)


def test_catalogue_is_compiled_once_and_again_when_it_changes(catalogue, tmp_path):
    path = catalogue('msgid "Map"\nmsgstr "地图"\n')

    assert messages.compile_catalogues(tmp_path) == [path]
    assert messages.compile_catalogues(tmp_path) == []
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Map") == "地图"
    newer = path.with_suffix(".mo").stat().st_mtime + 1
    os.utime(path, (newer, newer))
    assert messages.compile_catalogues(tmp_path) == [path]


def test_broken_catalogue_is_told_with_its_line(catalogue, tmp_path):
    catalogue('msgid "Map"\nnonsense\n')

    with pytest.raises(EmbeddedError, match=r"django\.po, line 5: 'nonsense' is not part of a message"):
        messages.compile_catalogues(tmp_path)


def test_catalogue_that_fits_has_no_mistakes(catalogue):
    ours = parsed(catalogue('msgid "Map"\nmsgstr "地图"\n'))

    assert compare(ours, ours) == []


def test_missing_unused_untranslated_and_guessed_texts_are_told(catalogue):
    ours = parsed(
        catalogue('msgid "Old"\nmsgstr "旧"\n\nmsgid "Map"\nmsgstr ""\n\n#, fuzzy\nmsgid "Data"\nmsgstr "日"\n')
    )
    wanted = parsed(catalogue('msgid "Map"\nmsgstr ""\n\nmsgid "Data"\nmsgstr ""\n\nmsgid "Table"\nmsgstr ""\n'))

    assert compare(ours, wanted) == [
        "locale/zh_Hans/LC_MESSAGES/django.po lacks 'Table'.",
        "locale/zh_Hans/LC_MESSAGES/django.po has 'Old', which nothing uses.",
        "locale/zh_Hans/LC_MESSAGES/django.po does not translate 'Map'.",
        "locale/zh_Hans/LC_MESSAGES/django.po only guesses 'Data' (fuzzy).",
    ]
