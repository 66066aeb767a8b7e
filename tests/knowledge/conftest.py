"""What the tests of the knowledge base share."""

import pytest

from tests.knowledge.entries import mesh_and_neighbours


@pytest.fixture
def mesh(db):
    return mesh_and_neighbours()
