import re

import pytest
from model_bakery import baker

from projects.models import Landscape, Logo, LogoSheet, Organization
from tests.web.catalogue import FIRST, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _landscape():
    landscape(attribution="The CNCF")


def listed(name, *, since=FIRST, until=None, **values):
    card = item(name, **values)
    period(card, since, until)
    return card


@pytest.fixture
def shelves():
    listed("Rook", maturity="graduated", kind="project", license="Apache-2.0", repository_url="https://x.org/rook")
    listed(
        "Minio",
        repository_url="https://x.org/minio",
        organization=baker.make(Organization, slug="minio", name="MinIO Inc"),
    )
    listed("NetApp", kind="product")
    listed("Old", maturity="archived", kind="project")
    listed("Etcd", subcategory=shelf("Orchestration", "Coordination"), maturity="incubating", kind="project")


def names(response):
    """The tiles' names in their order."""
    text = response.content.decode()
    tiles = re.findall(r'<a[^>]*? href="[^"]*/items/[^"]*"[^>]*>(.*?)</a>', text)
    return [(re.search(r"<b>(.*?)</b>", tile) or re.search(r'alt="(.*?)"', tile)).group(1) for tile in tiles]


@pytest.mark.parametrize("rows", [1, 3])
def test_map_asks_as_often_for_many_rows_as_for_one(client, django_assert_num_queries, rows):
    for number in range(rows):
        listed(f"Item {number}", subcategory=shelf("Runtime", f"Frame {number}"))
    with django_assert_num_queries(4):
        response = client.get("/")
    assert len(names(response)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_map_of_a_day_asks_once_more_for_its_version(client, django_assert_num_queries, rows):
    for number in range(rows):
        listed(f"Item {number}")
    with django_assert_num_queries(5):
        response = client.get("/?as_of=2019-01-01", headers=FRAGMENT)
    assert len(names(response)) == rows


def test_map_shows_blocks_and_frames_with_their_counts(client, shelves):
    text = client.get("/").content.decode()
    assert re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a> <span class=\"count\">(\d+)", text) == [
        ("Runtime", "4"),
        ("Orchestration", "1"),
    ]
    assert re.findall(r"<h3><a[^>]*>(.*?)</a> <span class=\"count\">(\d+)", text) == [
        ("Storage", "4"),
        ("Coordination", "1"),
    ]


def test_map_puts_hosted_projects_first_and_archived_ones_last(client, shelves):
    assert names(client.get("/?category=runtime")) == ["Rook", "Minio", "NetApp", "Old"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("maturity=graduated", ["Rook"]),
        ("maturity=graduated&maturity=incubating", ["Rook", "Etcd"]),
        ("kind=product", ["NetApp"]),
        ("category=orchestration", ["Etcd"]),
        ("organization=minio", ["Minio"]),
        ("organization=minio inc", ["Minio"]),
        ("license=Apache-2.0", ["Rook"]),
        ("has_repository=true", ["Rook", "Minio"]),
        ("has_repository=false&hide_archived=true", ["NetApp", "Etcd"]),
        ("hide_archived=true", ["Rook", "Minio", "NetApp", "Etcd"]),
        ("maturity=graduated&kind=product", []),
    ],
)
def test_map_filters(client, shelves, query, expected):
    assert names(client.get(f"/?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("as_of=2019-02-30", "2019-02-30 is no day of the calendar."),
        ("as_of=yesterday", "Write a day (2020-04-25)"),
        ("as_of=2999-01-01", "2999-01-01 lies in the future."),
        ("group=nope", "nope is not one of the available choices."),
        ("zoom=42", "42 is not one of the available choices."),
        ("maturity=nope", "nope is not one of the available choices."),
        ("kind=%00", "is not one of the available choices."),
        ("category=nope", "nope is not one of the available choices."),
        ("organization=Nobody", "No organization is called “Nobody”."),
        ("organization=%00", "Null characters are not allowed."),
        ("license=nope", "nope is not one of the available choices."),
        ("has_repository=maybe", "maybe is not one of the available choices."),
    ],
)
def test_map_reports_what_it_cannot_read_and_shows_the_rest(client, shelves, query, sentence):
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert len(names(response)) == 5
    assert "Remove all" not in response.content.decode()


def test_map_answers_htmx_with_its_fragment_alone(client, shelves):
    page, fragment = client.get("/").content.decode(), client.get("/", headers=FRAGMENT).content.decode()
    assert fragment.strip().startswith('<div id="map"')
    assert names(client.get("/", headers=FRAGMENT)) == names(client.get("/"))
    assert len(page) > len(fragment)
    assert "<html" not in fragment


def test_map_restores_its_history_with_the_whole_page(client, shelves):
    response = client.get("/", headers=FRAGMENT | {"HX-History-Restore-Request": "true"})
    assert "<html" in response.content.decode()
    assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))


@pytest.fixture
def history():
    """One item that left in 2020, one that was promoted, renamed and moved in 2021."""
    version(FIRST)
    changed = version(instant(2021, 5, 1, 9))
    left, cilium = item("Left", delisted_at=instant(2020, 1, 1)), item("Cilium", maturity="graduated", kind="project")
    period(left, FIRST, instant(2020, 1, 1))
    elsewhere = {"name": "Cilium Net", "subcategory": shelf("Observability", "Tracing"), "maturity": "sandbox"}
    period(cilium, FIRST, changed.effective_at, **elsewhere)
    period(cilium, changed.effective_at, version=changed)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2018-02-28", []),
        ("2018-03-01", ["Left", "Cilium Net"]),
        ("2019-12-31", ["Left", "Cilium Net"]),
        ("2020-01-01", ["Cilium Net"]),
        ("2021-05-01T08:59:59Z", ["Cilium Net"]),
        ("2021-05-01T09:00Z", ["Cilium"]),
        ("2021-05-01", ["Cilium"]),
        ("", ["Cilium"]),
    ],
)
def test_map_shows_the_landscape_as_it_was(client, history, as_of, expected):
    assert names(client.get("/", {"as_of": as_of})) == expected


def test_map_says_which_day_and_commit_it_shows(client, history):
    text = client.get("/?as_of=2019-06-15").content.decode()
    state = re.sub(r"<[^>]+>|\s+", " ", re.search(r'id="map-state".*?</p>', text, re.DOTALL).group())
    assert "As of 15 June 2019" in re.sub(r"\s+", " ", state)
    assert "2 items" in state
    assert f"{0:07x}" in state


def test_map_of_a_day_leads_to_the_items_of_that_day(client, history):
    assert 'href="/items/cilium/?as_of=2019-06-15"' in client.get("/?as_of=2019-06-15").content.decode()


def test_map_steps_month_by_month(client, history):
    text = client.get("/?as_of=2019-06-15&zoom=s").content.decode()
    links = dict(re.findall(r'id="((?:month|first)-\w+)" href="([^"]+)"', text))
    assert links == {
        "month-before": "/?as_of=2019-06-01&amp;zoom=s",
        "month-after": "/?as_of=2019-07-01&amp;zoom=s",
        "first-month": "/?as_of=2018-03-01&amp;zoom=s",
    }


@pytest.fixture
def groups():
    listed("Rook")
    for name in ("Adyen", "Zte"):
        member = shelf("Members", "Gold")
        member.category.group = "members"
        member.category.save()
        listed(name, kind="member", subcategory=member)


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ["Rook"]), ("group=members", ["Adyen", "Zte"]), ("group=all", ["Rook", "Adyen", "Zte"])],
)
def test_map_shows_one_group_at_a_time(client, groups, query, expected):
    assert names(client.get(f"/?{query}")) == expected


def test_map_counts_each_group_on_its_tab_and_drops_the_category_there(client, groups):
    text = client.get("/?category=runtime&zoom=l").content.decode()
    tabs = re.search(r'<nav class="tabs".*?</nav>', text, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)".*?>([^<]+) <span class="count">(\d+)', tabs) == [
        ("/?zoom=l", "Projects and products", "1"),
        ("/?zoom=l&amp;group=members", "Members", "2"),
        ("/?zoom=l&amp;group=all", "All", "3"),
    ]
    assert tabs.count("aria-current") == 1


def test_chips_remove_one_filter_each(client, shelves):
    text = client.get("/?maturity=graduated&maturity=archived&hide_archived=true&zoom=s").content.decode()
    chips = re.search(r'<div class="chips">.*?</div>', text, re.DOTALL).group()
    links = [link.replace("&amp;", "&") for link in re.findall(r' href="([^"]+)"', chips)]
    assert links == [
        "/?maturity=archived&hide_archived=true&zoom=s",
        "/?maturity=graduated&hide_archived=true&zoom=s",
        "/?maturity=graduated&maturity=archived&zoom=s",
        "/?zoom=s",
    ]


def test_map_form_keeps_what_it_does_not_offer(client, shelves):
    text = client.get("/?group=all&zoom=l&hosted=true").content.decode()
    form = re.search(r'<form class="map-bar".*?</form>', text, re.DOTALL).group()
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form) == [
        ("group", "all"),
        ("zoom", "l"),
        ("hosted", "true"),
    ]


def tile(client, name):
    text = client.get("/").content.decode()
    return next(found for found in re.findall(r"<a[^>]*? href=\"/items/.*?</a>", text) if name in found)


def test_tile_without_logo_shows_the_name(client):
    listed("Rook")
    assert tile(client, "Rook") == '<a class="n" href="/items/rook/"><b>Rook</b></a>'


def test_tile_of_a_hosted_project_without_logo_shows_its_letters(client):
    listed("Open Rook", maturity="graduated", kind="project")
    assert re.sub(r" t\d", " t", tile(client, "Open Rook")) == (
        '<a class="g" href="/items/open-rook/" title="graduated">'
        '<i class="letter-mark t" aria-hidden="true">OR</i><b>Open Rook</b></a>'
    )


def test_tile_cuts_its_logo_from_the_sheet(client):
    sheet = baker.make(LogoSheet, digest="5" * 64, webp=b"x", columns=1, cells=40)
    logo = baker.make(Logo, digest="1" * 64, webp=b"x", sheet=sheet, cell=7, tone="light")
    listed("Rook", logo=logo)
    assert tile(client, "Rook") == (
        f'<a class="d" href="/items/rook/" title="Rook">'
        f'<img class="p7" src="/logos/sheets/{"5" * 64}.webp" alt="Rook" loading="lazy"></a>'
    )


def test_tile_without_a_sheet_loads_its_own_logo(client):
    logo = baker.make(Logo, digest="1" * 64, webp=b"x", tone="any")
    listed("Rook", logo=logo, maturity="sandbox", kind="project")
    assert tile(client, "Rook") == (
        '<a class="s" href="/items/rook/" title="sandbox">'
        f'<img class="o" src="/logos/{"1" * 64}.webp" alt="" loading="lazy"><b>Rook</b></a>'
    )


def test_tile_writes_names_as_text(client):
    listed('<script>"&', slug="evil")
    assert "<b>&lt;script&gt;&quot;&amp;</b>" in client.get("/").content.decode()


def test_map_keeps_another_foundations_words(client):
    listed("Egeria", maturity="full & open", kind="project")
    text = client.get("/").content.decode()
    assert 'class="h" href="/items/egeria/" title="full &amp; open"' in text
    assert names(client.get("/", {"maturity": "full & open"})) == ["Egeria"]


def test_map_opens_the_panel_that_its_address_holds(client, shelves):
    text = client.get("/?zoom=l&item=rook").content.decode()
    dialog = text[text.index("<dialog") : text.index("</dialog>")]
    assert 'id="panel-title">Rook<' in dialog
    assert re.search(r'<dialog id="panel"[^>]* open>', dialog)
    assert 'href="/?zoom=l"' in dialog
    assert "item=" not in text[text.index("<main") : text.index("<dialog")]


def test_map_without_an_item_has_its_panel_closed(client, shelves):
    assert not re.search(r'<dialog id="panel"[^>]* open>', client.get("/").content.decode())


@pytest.mark.parametrize(
    ("item", "sentence"), [("nope", "There is no item “nope”."), ("%00", "Null characters are not allowed.")]
)
def test_map_reports_a_panel_of_nothing(client, shelves, item, sentence):
    text = client.get(f"/?item={item}").content.decode()
    assert sentence in text
    assert not re.search(r'<dialog id="panel"[^>]* open>', text)


def test_map_speaks_chinese(client):
    runtime = shelf("Runtime", "Storage", name_zh="存储")
    runtime.category.name_zh = "运行时"
    runtime.category.save()
    listed("Rook", subcategory=runtime, maturity="graduated", kind="project")
    text = client.get("/zh-hans/").content.decode()
    assert 'lang="zh-Hans"' in text
    assert "运行时</a>" in text
    assert "存储</a>" in text
    assert 'href="/zh-hans/items/rook/" title="毕业"' in text
    assert 'hreflang="en" href="http://127.0.0.1:8000/"' in text


def test_map_without_a_match_leads_back(client, shelves):
    text = client.get("/?maturity=graduated&kind=product&zoom=s").content.decode()
    assert "No item of this group matches." in text
    assert '<a class="button" href="/?zoom=s">' in text


def test_map_before_the_landscape_began_says_so(client, shelves):
    text = client.get("/?as_of=2017-01-01").content.decode()
    assert re.search("The history begins on <time [^>]*>1 March 2018</time>.", text)
    assert '<a class="button" href="/?as_of=2018-03-01">Show that day</a>' in text
    assert "Remove all" not in text


def test_map_after_the_newest_version_says_which_version_it_shows(client, shelves):
    version(instant(2020, 5, 6))
    assert re.search("shows the version of <time [^>]*>6 May 2020<", client.get("/?as_of=2020-06-01").content.decode())
    assert "shows the version of" not in client.get("/?as_of=2020-05-06").content.decode()


def test_map_steps_end_at_the_newest_version(client, shelves):
    version(instant(2020, 5, 6))
    assert client.get("/").context["steps"].months == 27
    assert client.get("/?as_of=2020-05-01").context["steps"].next_url == "/"


def test_map_counts_what_the_filters_leave_on_every_tab(client, groups):
    baker.make(Organization, slug="adyen", name="Adyen")
    tabs = client.get("/?q=adyen").context["tabs"]
    assert [(tab.label, tab.count) for tab in tabs] == [("Projects and products", 0), ("Members", 1), ("All", 1)]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("minio", "MinIO Inc", ["Minio"]),
        ("inio", "MinIO Inc", ["Minio"]),
        ("mini", "mini", ["Mini", "Minio"]),
        ("MINICORP", "Minicorp", ["Mini"]),
    ],
)
def test_map_finds_organizations_by_a_part_of_their_name(client, shelves, text, label, expected):
    listed("Mini", organization=baker.make(Organization, slug="minicorp", name="Minicorp"))
    response = client.get(f"/?organization={text}")
    assert names(response) == expected
    assert [chip.label for chip in response.context["chips"]] == [f"Organization: {label}"]


@pytest.mark.parametrize(("is_built_in", "expected"), [(True, True), (False, False)])
def test_map_says_how_to_import_the_landscape(client, is_built_in, expected):
    Landscape.objects.update(is_built_in=is_built_in)
    assert ("manage import_landscape" in client.get("/").content.decode()) is expected


def test_map_stays_the_same_until_the_data_change(client, shelves):
    response = client.get("/")
    assert response["Cache-Control"] == "no-cache"
    assert client.get("/", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("rows", [1, 3])
def test_organization_options_list_names(client, django_assert_num_queries, rows):
    for number in range(rows):
        listed(f"Item {number}", organization=baker.make(Organization, name=f"Firm {number}", slug=f"firm-{number}"))
    baker.make(Organization, name="Unused")
    with django_assert_num_queries(2):
        text = client.get("/map/organizations/").content.decode()
    assert re.findall(r'value="([^"]+)"', text) == [f"Firm {number}" for number in range(rows)]


def test_reader_who_chose_chinese_is_led_from_the_start_to_it(client, db):
    client.cookies["django_language"] = "zh-hans"
    response = client.get("/?as_of=2020-04-25")
    assert (response.status_code, response["Location"]) == (302, "/zh-hans/?as_of=2020-04-25")


@pytest.mark.parametrize(
    ("path", "cookie"), [("/", "en"), ("/", "klingon"), ("/zh-hans/", "en"), ("/table/", "zh-hans")]
)
def test_chosen_language_decides_nothing_else(client, db, path, cookie):
    client.cookies["django_language"] = cookie
    assert client.get(path).status_code == 200
