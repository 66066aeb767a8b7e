import pytest
from model_bakery import baker

from projects.models import ItemAlias, Organization
from projects.search import HitKind, matching_items, search_catalogue, search_items
from projects.search_matching import LONGEST_QUERY, Rank, needle_of
from tests.web.catalogue import instant, item, shelf

pytestmark = pytest.mark.django_db


def titles(query, limit=10):
    return [hit.title for hit in search_catalogue(query, limit=limit).hits]


def slugs(query):
    return set(matching_items(query).values_list("slug", flat=True))


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\x00\t\n"])
def test_search_for_nothing_finds_nothing_and_asks_nothing(query, django_assert_num_queries):
    item("Anything")
    with django_assert_num_queries(0):
        results = search_catalogue(query, limit=10)
    assert (results.query, results.hits, results.has_more) == ("", (), False)


def test_search_ranks_exact_prefix_substring_alias_and_context():
    mesh = shelf("Orchestration & Management", "Istio and friends")
    item("Istio")
    item("Istio Operator")
    item("Managed Istio")
    baker.make(ItemAlias, item=item("Sailor"), name="Istio Sail", slug="istio-sail")
    item("Linkerd", subcategory=mesh)

    hits = [(hit.title, hit.rank) for hit in search_catalogue("istio", limit=10).hits if hit.kind == HitKind.ITEM]

    assert hits == [
        ("Istio", Rank.EXACT),
        ("Istio Operator", Rank.PREFIX),
        ("Managed Istio", Rank.SUBSTRING),
        ("Sailor", Rank.ALIAS),
        ("Linkerd", Rank.CONTEXT),
    ]


def test_search_puts_listed_before_left_and_higher_stages_first():
    item("Kube A", delisted_at=instant(2020, 1, 1), maturity="graduated")
    item("Kube B")
    item("Kube C", maturity="sandbox", kind="project")
    item("Kube D", maturity="graduated", kind="project")
    item("Kube E", maturity="labs", kind="project")
    assert titles("kube") == ["Kube D", "Kube C", "Kube E", "Kube B", "Kube A"]


def test_search_says_which_former_name_fitted():
    envoy = item("Emissary-Ingress")
    baker.make(ItemAlias, item=envoy, name="Ambassador", slug="ambassador")
    hit = search_catalogue("ambasador", limit=5).hits, search_catalogue("ambassador", limit=5).hits
    assert hit[1][0].matched_alias == "Ambassador"
    assert (hit[1][0].slug, hit[1][0].rank) == ("emissary-ingress", Rank.ALIAS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kuberntes", "Kubernetes"),
        ("prometeus", "Prometheus"),
        ("jager", "Jaeger"),
        ("istoi", "Istio"),
        ("etdc", "etcd"),
    ],
)
def test_search_forgives_misspellings(typed, meant):
    for name in ["Kubernetes", "Kubernetes Dashboard", "Prometheus", "Jaeger", "cert-manager", "Istio", "etcd"]:
        item(name)
    assert titles(typed)[0] == meant


@pytest.mark.parametrize("query", ["servicemesh", "service mesh", "Service-Mesh", "SERVICE MESH"])
def test_search_finds_a_subcategory_with_or_without_blanks(query):
    shelf("Orchestration & Management", "Service Mesh")
    shelf("Orchestration & Management", "Service Proxy")
    first = search_catalogue(query, limit=5).hits[0]
    assert (first.kind, first.title, first.subtitle) == (
        HitKind.SUBCATEGORY,
        "Service Mesh",
        "Orchestration & Management",
    )


@pytest.mark.parametrize("query", ["网", "网格", "服务网格"])
def test_search_finds_chinese_of_any_length(query):
    mesh = shelf("Orchestration", "Service Mesh", name_zh="服务网格")
    item("Istio", subcategory=mesh)
    item("Dapr", summary_zh="不是服务网格")
    item("Rook", summary_zh="云原生存储")
    assert titles(query)[0] == "Service Mesh"
    assert set(titles(query)[1:]) == {"Istio", "Dapr"}


def test_search_finds_organizations_and_their_items():
    red_hat = baker.make(Organization, slug="red-hat", name="Red Hat", name_zh="红帽")
    item("OpenShift", organization=red_hat)
    item("Rancher")
    assert titles("red hat") == titles("红帽") == ["Red Hat", "OpenShift"] or titles("red hat")[0] == "Red Hat"
    assert [hit.kind for hit in search_catalogue("红帽", limit=5).hits] == [HitKind.ORGANIZATION, HitKind.ITEM]


def test_search_tells_organizations_whose_items_have_left():
    here, gone = (baker.make(Organization, slug=name.lower(), name=name) for name in ("Acme Here", "Acme Gone"))
    item("A", organization=here)
    item("B", organization=gone, delisted_at=instant(2020, 1, 1))
    hits = {hit.title: hit.is_listed for hit in search_catalogue("acme", limit=9).hits if hit.kind == "organization"}
    assert hits == {"Acme Here": True, "Acme Gone": False}


@pytest.mark.parametrize(("query", "expected"), [("100%", ["100% Pure"]), ("a_b", ["a_b"]), ("c\\d", ["c\\d"])])
def test_search_takes_signs_literally(query, expected):
    for number, name in enumerate(["100% Pure", "100 Pure", "a_b", "axb", "c\\d", "cxd"]):
        item(name, slug=f"item-{number}")
    assert [hit.title for hit in search_catalogue(query, limit=9).hits if hit.rank < Rank.CONTEXT] == expected


@pytest.mark.parametrize("query", ["'", '"', ";--", "\\", "%", "_", "\x00a", "(", "*", "a" * 5000, "a " * 500, "𝕏"])
def test_search_survives_any_text(query):
    item("Anything")
    search_catalogue(query, limit=3)
    assert matching_items(query).count() in {0, 1}


def test_search_gives_each_kind_a_place_beside_many_items():
    section = shelf("Runtime", "Cloud Storage")
    baker.make(Organization, slug="cloudco", name="Cloudco")
    for number in range(12):
        item(f"Cloud {number}", subcategory=section)

    results = search_catalogue("cloud", limit=10)

    kinds = [hit.kind for hit in results.hits]
    assert (len(kinds), kinds.count(HitKind.SUBCATEGORY), kinds.count(HitKind.ORGANIZATION)) == (10, 1, 1)
    assert results.has_more


def test_search_of_items_finds_them_alone_in_the_same_order(django_assert_num_queries):
    shelf("Kube tools", "Kube runtimes")
    baker.make(Organization, slug="kube", name="Kube")
    for name in ["Big Kube", "Kube and friends", "Kubernetes"]:
        item(name, maturity="graduated" if name == "Kubernetes" else "")
    with django_assert_num_queries(2):
        assert [hit.title for hit in search_items("kube", limit=3)] == ["Kubernetes", "Kube and friends", "Big Kube"]
    with django_assert_num_queries(4):
        assert [hit.title for hit in search_items("kuberntes", limit=1)] == ["Kubernetes"]
    assert search_items(" ", limit=5) == []


def test_search_asks_a_bounded_number_of_queries(django_assert_num_queries):
    for number in range(3):
        baker.make(ItemAlias, item=item(f"Item {number}"), name=f"Former {number}", slug=f"former-{number}")
        baker.make(Organization, slug=f"org-{number}", name=f"Org {number}")
    with django_assert_num_queries(3):
        search_catalogue("item", limit=10)
    with django_assert_num_queries(4):
        search_catalogue("former", limit=10)
    with django_assert_num_queries(6):
        search_catalogue("itme", limit=10)


def test_matching_items_hold_every_word_somewhere():
    red_hat = baker.make(Organization, slug="red-hat", name="Red Hat")
    mesh = shelf("Orchestration", "Service Mesh")
    item("OpenShift Mesh", organization=red_hat)
    item("Istio", subcategory=mesh)
    item("Ceph", organization=red_hat)
    assert slugs("red hat mesh") == {"openshift-mesh"}
    assert slugs("mesh") == {"openshift-mesh", "istio"}
    assert slugs("service istio") == {"istio"}
    assert slugs("") == set()


def test_needle_cleans_what_was_typed():
    needle = needle_of("  Ｋｕｂｅ\u3000ｅｔｃｄ\x00-x ")
    assert (needle.text, needle.words, needle.squeezed) == ("Kube etcd -x", ("Kube", "etcd", "-x"), "Kubeetcdx")
    assert len(needle_of("ab" * LONGEST_QUERY).text) == LONGEST_QUERY
