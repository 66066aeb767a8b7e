"""The files beside a landscape."""

from sources.clients.landscape_files import read_folder, read_logos
from sources.clients.landscape_source import open_source


def stored(repository, folder="hosted_logos", **options):
    with open_source(str(repository.path)) as source:
        return list(read_folder(source, folder=folder, **options))


def test_read_folder_gives_the_logos_at_the_tip(repository):
    repository.write("hosted_logos/gone.svg", "<svg/>")
    repository.commit({"App": {"Database": ["Vitess"]}})
    repository.write("hosted_logos/gone.svg", None)
    repository.write("hosted_logos/Metal³ (Wasm).svg", "<svg>3</svg>")
    repository.write("hosted_logos/empty.svg", "")
    repository.write("hosted_logos/twice.svg", "")
    repository.write("hosted_logos/deeper/x.svg", "<svg/>")
    repository.write("other/x.svg", "<svg/>")
    repository.commit_files()

    assert stored(repository) == [("Metal³ (Wasm).svg", b"<svg>3</svg>"), ("empty.svg", b""), ("twice.svg", b"")]
    assert stored(repository, folder="other") == [("x.svg", b"<svg/>")]


def test_read_folder_skips_the_content_of_a_file_that_is_too_large(repository):
    repository.write("hosted_logos/a.svg", "x" * 11)
    repository.write("hosted_logos/b.svg", "x" * 10)
    repository.commit_files()

    assert stored(repository, max_bytes=10) == [("a.svg", None), ("b.svg", b"x" * 10)]


def test_read_folder_without_such_a_folder_gives_nothing(repository):
    repository.commit({"App": {"Database": ["Vitess"]}})

    assert stored(repository) == []


def test_read_logos_takes_the_first_folder_there_is(repository):
    repository.commit({"App": {"Database": ["Vitess"]}})
    repository.write("logos/a.svg", "a")
    repository.commit_files()
    with open_source(str(repository.path)) as source:
        assert list(read_logos(source)) == [("a.svg", b"a")]
    repository.write("hosted_logos/b.svg", "b")
    repository.commit_files()
    with open_source(str(repository.path)) as source:
        assert list(read_logos(source)) == [("b.svg", b"b")]


def test_read_logos_without_a_folder_gives_nothing(repository):
    repository.commit({"App": {"Database": ["Vitess"]}})
    with open_source(str(repository.path)) as source:
        assert list(read_logos(source)) == []
