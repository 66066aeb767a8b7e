"""The check of the queries: passed over without npm, failed by what the validator says."""

import json

import pytest

from landscape.embedded import graphql_check


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder that holds all programs there are."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def write(name, script):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)

    return write


def test_it_is_passed_over_without_npm(programs, capsys):
    assert graphql_check.main() == 0
    assert capsys.readouterr().out.startswith("Skipped: ")


def test_it_is_passed_over_when_the_schema_cannot_be_fetched(programs, capsys):
    programs("npm", "exit 1")
    programs("node", "echo never; exit 1")

    assert graphql_check.main() == 0
    assert capsys.readouterr().out == "Skipped: npm cannot fetch GitHub's GraphQL schema here.\n"


def test_it_fails_with_the_validators_words(programs, capsys):
    programs("npm", "exit 0")
    programs("node", 'read -r line; echo \'by ids: Cannot query field "stars" on type "Repository".\'; exit 1')

    assert graphql_check.main() == 1
    assert capsys.readouterr().err == 'by ids: Cannot query field "stars" on type "Repository".\n'


def test_it_passes_silently(programs, capsys):
    programs("npm", "exit 0")
    programs("node", "read -r line; exit 0")

    assert graphql_check.main() == 0
    assert capsys.readouterr() == ("", "")


def test_every_query_is_handed_over():
    asked = graphql_check.asked()

    assert "nodes(ids: $ids)" in asked["by ids"]
    assert "r1: repository(owner: $o1, name: $n1)" in asked["by names"]
    assert "watchers" in asked["watchers"]
    assert json.loads(json.dumps(asked)) == asked
