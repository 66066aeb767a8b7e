import pytest

from landscape.embedded.committed import find, forbidden

# Put together here, so that this file passes the check that it tests.
REGISTRY = ".".join(["pypi", "org"])
HOME = "/".join(["", "root", "project"])


@pytest.mark.parametrize("words", [REGISTRY, f"https://{REGISTRY}/simple", HOME, f"cd {HOME}", "../" + "shared/data"])
def test_line_that_names_a_host_or_a_machine_is_found(tmp_path, words):
    path = tmp_path / "notes.md"
    path.write_text(f"fine\n{words}\n")

    mistakes = find(path, forbidden({}))

    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"{path}, line 2: ")


@pytest.mark.parametrize("words", ["example.org" + HOME, "the /tmp directory", "pypi", "a 0700 /root"])
def test_harmless_line_is_let_pass(tmp_path, words):
    (tmp_path / "notes.md").write_text(words)

    assert find(tmp_path / "notes.md", forbidden({})) == []


def test_host_that_this_machine_is_configured_with_is_found(tmp_path):
    (tmp_path / "notes.md").write_text("see mirror.example.net")
    configured = {"PIP_INDEX_URL": "https://user:secret@mirror.example.net/simple"}

    assert find(tmp_path / "notes.md", forbidden({})) == []
    assert len(find(tmp_path / "notes.md", forbidden(configured))) == 1


def test_pictures_are_not_read(tmp_path):
    (tmp_path / "logo.webp").write_bytes(b"\xff\xfe" + REGISTRY.encode() + b"\xff")

    assert find(tmp_path / "logo.webp", forbidden({})) == []
