import pytest
from django.apps import apps

from landscape.embedded.paths import PROJECT

ROOMS = ("projects", "metrics", "market", "knowledge", "accounts", "sources")


@pytest.mark.parametrize("room", ROOMS)
def test_every_model_is_documented(room):
    text = (PROJECT / "docs" / "models.md").read_text()
    models = [model.__name__ for model in apps.get_app_config(room).get_models()]
    assert models
    assert [name for name in models if f"`{name}`" not in text] == []
