from landscape.embedded import paths
from landscape.embedded.checks import CHECKS, TESTS, Check


def test_pattern_stands_for_the_files_it_fits():
    assert Check("x", ["tool", "requirements*.lock"]).arguments() == [
        "tool",
        "requirements-dev.lock",
        "requirements-embedded.lock",
        "requirements.lock",
    ]


def test_every_check_has_its_own_name():
    names = [check.name for check in [*CHECKS, TESTS]]

    assert sorted(set(names)) == sorted(names)


def test_files_that_checks_name_are_there():
    named = [word for check in CHECKS for word in check.command if word.endswith((".py", ".yml", "Dockerfile"))]

    assert named
    assert all((paths.PROJECT / word).exists() for word in named)
