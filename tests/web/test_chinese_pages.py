"""Chinese pages speak Chinese: with content that has no Latin letters, hardly a Latin word is left on any of them."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.contrib.auth.tokens import default_token_generator
from django.test import RequestFactory
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from model_bakery import baker

from accounts.models import ApiToken, User
from projects.models import (
    ItemAlias,
    ItemOrganization,
    ItemRepository,
    Organization,
    Repository,
    Source,
    StageDeclaration,
    StageReview,
)
from sources.models import ImportNotice, ImportRun
from tests.web.catalogue import FIRST, change, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

# Names of the product, of formats and of standards; everything else on a Chinese page has a Chinese word.
NAMES = {
    *["Strata", "API", "Atom", "CNCF", "CSV", "JSON", "PNG", "SVG", "UTC", "BibTeX", "YAML", "GitHub"],
    *["Frictionless", "landscape2", "group", "all", "notebook", "Wasm", "Authorization", "Bearer"],
    *["XLSX", "ROSS", "HHI", "Runa", "Goh", "Barab"],
}
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{2,}")
# Addresses, file names and parameters: what has a dot, a slash, an @ or = inside.
ADDRESS = re.compile(r"[\w+-]*[./@=:_][\w./@=&?%:+-]*\w")
READ_ALOUD = {"title", "aria-label", "placeholder", "alt"}
UNREAD = {"script", "style", "code", "pre", "textarea", "head"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Collects what a reader of the page sees or hears, but for code and for what is marked as another language."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.texts = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        unread = tag in UNREAD or (values.get("lang") or "zh").split("-")[0] != "zh"
        self.texts += [values[name] for name in READ_ALOUD & set(values) if values[name] and not unread]
        if tag not in VOID:
            self.open.append((tag, unread))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(unread for _tag, unread in self.open):
            self.texts.append(data)


def latin_words(page):
    """Return the Latin words that a page shows, each with the text in which it stands."""
    reader = Reader()
    reader.feed(page)
    texts = (" ".join(text.split()) for text in reader.texts)
    return {(word, text) for text in texts for word in WORD.findall(ADDRESS.sub(" ", text)) if word not in NAMES}


@pytest.fixture
def catalogue():
    landscape(name="图", attribution="图", public_url="https://github.com/cncf/landscape", tip="1")
    begin = version()
    version(instant(2019, 1, 1), status="unreadable", problem="坏")
    home = shelf("运行", "存储", slug="storage", name_zh="存储")
    home.category.slug, home.category.name_zh = "runtime", "运行"
    home.category.save()
    vendor = baker.make(
        *[Organization], name="商", slug="v1", name_zh="商", country="US", kind="company", website="https://v.example/",
        country_source=baker.make(Source, title="源", url="https://s.example/"), founded_year=2001,
    )  # fmt: skip
    rook = item(
        "鸦", slug="rook", maturity="graduated", kind="project", summary="存储。", summary_zh="存储。", subcategory=home,
        organization=vendor, homepage_url="https://r.example/", license="", repository_url="https://github.com/r/r",
        links={"documentation_url": "https://d.example/"},
    )  # fmt: skip
    item("旧", slug="old", subcategory=home, delisted_at=instant(2021, 1, 1))
    twin = item("员", slug="member", kind="member", subcategory=home, organization=vendor, joined_on="2020-01-01")
    period(twin, FIRST)
    period(rook, FIRST, instant(2020, 10, 7), maturity="incubating", other_placements=["运行 / 存储"])
    period(rook, instant(2020, 10, 7), maturity="graduated")
    change(rook, "listed", FIRST, after="运行 / 存储")
    for kind in ("moved", "renamed", "delisted", "relisted"):
        change(rook, kind, instant(2019, 5, 5), before="运行 / 存储", after="运行 / 存储")
    change(rook, "promoted", instant(2020, 10, 7), before="incubating", after="graduated")
    baker.make(ItemAlias, item=rook, name="乌", slug="crow")
    baker.make(ItemOrganization, item=rook, organization=vendor, role="vendor")
    repository = baker.make(Repository, url="https://github.com/r/r", host="github.com", full_name="r/r")
    baker.make(ItemRepository, item=rook, repository=repository, is_primary=True)
    said = {"item": rook, "stage": "accepted", "declared_on": "2019-01-01"}
    baker.make(StageDeclaration, during=(FIRST, None), **said)
    baker.make(StageReview, reason="seen_late", seen_at=FIRST, days=40, **said)
    counts = {"items": 2, "periods": 3, "changes": 1, "versions": 2, "unreadable": 1, "repositories": 1}
    baker.make(ImportRun, status="done", source="库", counts=counts | {"organizations": 1, "notices": 1})
    baker.make(
        ImportNotice, kind="unknown_key", subject="键", detail="值", count=1, first_seen_at=FIRST, commit=begin.commit
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "?as_of=2020-04-25&maturity=graduated&has_repository=true&hide_archived=on",
        "?group=members",
        "?organization=v1",
        "items/rook/",
        "items/rook/?as_of=2019-06-01",
        "items/rook/panel/",
        "items/member/",
        "items/old/",
        "items/rok/",
        "changes/",
        "changes/?kind=listed&from=2018-03-02",
        "changes/diff/?from=2018-03-02&to=2021-01-01",
        "trends/",
        "momentum/",
        *[f"momentum/?list={name}" for name in ("risers", "sleepers", "entrants", "archived", "delisted", "dormant")],
        "ladder/",
        "ladder/?as_of=2021-06-01&known=then",
        "ladder/projects/",
        "items/rook/ladder/",
        "vendor-control/",
        "screener/",
        "screener/?set=stage&stars_min=x&maturity=graduated&months_listed_min=1&show=percentiles",
        "screener/?stars_min=1",
        "screener/definitions/",
        "compare/",
        "compare/?items=rook&align=first&scale=log&find=x",
        "quality/measuring/",
        "items/old/curves/",
        "trends/?category=runtime&by=year",
        "table/",
        "table/?category=runtime&as_of=2020-01-01",
        "search/",
        "search/?q=鸦",
        "search/?q=无此物",
        "search/suggest/?q=鸦",
        "categories/",
        "categories/runtime/",
        "organizations/",
        "organizations/?kind=university",
        "organizations/v1/",
        "data/",
        "data/?as_of=2018-01-01",
        "quality/",
        "quality/stages/",
        "quality/notices/",
        "quality/versions/",
        "cite/?page=/trends/&figure=图",
        "report/?page=/trends/&figure=图",
        "report/thanks/",
        "accounts/log-in/",
        "accounts/sign-up/",
        "accounts/sign-up/sent/",
        "accounts/sign-up/nothing/",
        "accounts/password/reset/",
        "accounts/password/reset/sent/",
        "accounts/password/reset/a/b/",
        "nothing/",
    ],
)
def test_pages_have_no_english_left(client, catalogue, path):
    assert latin_words(client.get(f"/zh-hans/{path}").content.decode()) == set()


@pytest.mark.parametrize("path", ["", "trends/", "changes/", "table/", "data/", "quality/", "organizations/"])
def test_pages_of_an_empty_database_have_no_english_left(client, path):
    assert latin_words(client.get(f"/zh-hans/{path}").content.decode()) == set()


@pytest.mark.parametrize(
    "query",
    [
        *["?as_of=nonsense", "changes/?from=nonsense&to=2999-01-01", "changes/diff/?from=2999-01-01&to=x"],
        *["table/?as_of=1700-01-01&page=x&category=x", "trends/?category=x&from=x", "data/?as_of=x"],
        *["organizations/?kind=x&country=x", "quality/stages/?reason=x", "items/rook/?as_of=x"],
    ],
)
def test_refusals_have_no_english_left(client, catalogue, query):
    found = latin_words(client.get(f"/zh-hans/{query}").content.decode())
    assert {(word, text) for word, text in found if word != "nonsense"} == set()


@pytest.fixture
def person(client):
    person = User.objects.create_user("人", "r@example.org", "old-Passw0rd")
    ApiToken.issue(person, name="本")
    client.force_login(person)
    return person


@pytest.mark.parametrize("path", ["", "password/", "delete/"])
def test_ones_own_pages_have_no_english_left(client, person, path):
    assert latin_words(client.get(f"/zh-hans/accounts/{path}").content.decode()) == set()


@pytest.mark.parametrize("path", ["log-in/", "sign-up/", "password/", "delete/", "tokens/"])
def test_mistakes_in_forms_have_no_english_left(client, person, path):
    if path in {"log-in/", "sign-up/"}:
        client.logout()
    answer = client.post(f"/zh-hans/accounts/{path}", {"password": "x", "new_password1": "a", "new_password2": "b"})
    assert latin_words(answer.content.decode()) == set()


def test_a_new_password_is_asked_for_in_chinese(client):
    person = User.objects.create_user("人", "r@example.org", "old-Passw0rd")
    key, token = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)
    answer = client.get(f"/zh-hans/accounts/password/reset/{key}/{token}/", follow=True)
    assert latin_words(answer.content.decode()) == set()


def test_the_reader_finds_what_is_not_translated():
    page = (
        '<head><title>Head</title></head><p title="关闭 Close">数据 as of<br>Newest <code>code</code></p>'
        '<a lang="en">English</a><img alt="Logo"><i>CSV r.example/some/path</i>'
    )
    assert {word for word, _text in latin_words(page)} == {"Close", "Newest", "Logo"}


OURS = [
    model for model in admin.site._registry if model.__module__.split(".")[0] in {"accounts", "projects", "sources"}
]
NAMED_ALIKE = {"GitHub ID", "URL"}


def labels(model, request):
    """Return every label that the admin shows for a model: its own, its columns', its fields', its inlines'."""
    managed = admin.site._registry[model]
    managers = [managed, *managed.get_inline_instances(request)]
    yield model._meta.verbose_name
    yield model._meta.verbose_name_plural
    for manager in managers:
        shown = flatten_fieldsets(manager.get_fieldsets(request, manager.model()))
        shown += manager.get_list_display(request) if manager is managed else []
        for name in shown:
            yield label_for_field(name, manager.model, manager)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_the_admin_has_a_chinese_word_for_every_label(admin_user, model):
    request = RequestFactory().get("/zh-hans/admin/")
    request.user = admin_user
    with translation.override("zh-hans"):
        named = {str(label) for label in labels(model, request)}
        named.add(str(apps.get_app_config(model._meta.app_label).verbose_name))
    assert {label for label in named - NAMED_ALIKE if not re.search("[一-鿿]", label)} == set()
