"""What analysts may do."""

import pytest
from django.contrib.auth.models import Group

from accounts.apps import ANALYSTS

pytestmark = pytest.mark.django_db


def test_analysts_curate_and_delete_nothing():
    permissions = set(Group.objects.get(name=ANALYSTS).permissions.values_list("codename", flat=True))

    assert {"change_item", "change_organization", "change_figurereport", "view_item"} <= permissions
    assert not any(name.startswith("delete_") for name in permissions)
    assert not any(name.endswith(("_user", "_apitoken", "_group")) for name in permissions)
