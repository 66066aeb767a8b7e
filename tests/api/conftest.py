"""A small landscape, and a cache of the process's own."""

import pytest
from django.core.cache import caches
from model_bakery import baker

from projects.models import Organization, Project
from tests.web.catalogue import instant, item, landscape, period, shelf


@pytest.fixture(autouse=True)
def _cache_of_the_process(settings):
    """Count requests in this process, from nothing."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "api-tests"}
    settings.CACHES = {"default": memory, "process": {**memory, "LOCATION": "api-tests-process"}}
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture
def get(client):
    """Ask version 1; a path and parameters in, the answer out."""

    def ask(path, status=200, **options):
        response = client.get(f"/api/v1/{path}", **options)
        assert response.status_code == status, response.content
        return response

    return ask


@pytest.fixture
def small_landscape():
    """Cilium, moved and promoted; Rook, hosted; Consul, which left; and a card of the same project as Rook."""
    landscape(public_url="https://github.com/cncf/landscape", attribution="By the CNCF")
    isovalent = baker.make(Organization, slug="isovalent", name="Isovalent", country="CH")
    foundation = baker.make(Organization, slug="cncf", name="CNCF", kind="foundation", country="US")
    network, storage = shelf("Runtime", "Network"), shelf("Runtime", "Storage")
    mesh = shelf("Orchestration", "Service Mesh")
    cilium_project, rook_project = (baker.make(Project, slug=slug, name=slug.title()) for slug in ("cilium", "rook"))

    cilium = item("Cilium", subcategory=network, maturity="graduated", kind="project", project=cilium_project)
    before = {"subcategory": mesh, "organization": isovalent, "maturity": "", "kind": "open_source"}
    after = {
        "organization": foundation,
        "project": cilium_project,
        "repository_url": "https://github.com/cilium/cilium",
    }
    period(cilium, instant(2018, 3, 1), instant(2021, 10, 13), **before)
    period(cilium, instant(2021, 10, 13), instant(2023, 10, 11), **after | {"maturity": "incubating"})
    period(cilium, instant(2023, 10, 11), **after, extra={"homepage_url": "https://cilium.io"})

    for name in ("Rook", "Rook (Wasm)"):
        rook = item(name, subcategory=storage, maturity="sandbox", kind="project", project=rook_project)
        period(rook, instant(2018, 3, 1), project=rook_project)

    consul = item("Consul", subcategory=mesh, kind="product", delisted_at=instant(2022, 1, 1))
    period(consul, instant(2018, 3, 1), instant(2022, 1, 1))
    return cilium
