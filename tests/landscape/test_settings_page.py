import re

from landscape.embedded.paths import PROJECT


def test_every_variable_that_settings_read_is_documented():
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (PROJECT / "landscape" / "settings.py").read_text())
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE)

    assert len(read) > 10
    assert set(read) - set(documented) == set()


def test_every_variable_that_compose_passes_on_is_documented():
    passed = re.findall(r"\$\{([A-Z_]+)", (PROJECT / "docker-compose.yml").read_text())
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (PROJECT / "docs" / "settings.md").read_text(), re.MULTILINE)

    assert set(passed) - set(documented) == set()
