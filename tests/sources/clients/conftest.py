"""A repository to build versions in."""

import pytest

from tests.landscape_repository import LandscapeRepository


@pytest.fixture
def repository(tmp_path):
    return LandscapeRepository(tmp_path)
