"""What surrounds every page: header, footer, themes, languages, error pages."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from model_bakery import baker

from projects.models import Item
from tests.web.catalogue import landscape, version
from web.templatetags import dates, numbers
from web.templatetags.localized import foreign_lang, in_language, kind_label, maturity_label
from web.views.design import design
from web.views.errors import server_error


@pytest.mark.parametrize("chosen", ["light", "dark"])
def test_theme_is_kept_in_a_cookie_and_written_into_the_page(client, db, chosen):
    response = client.post("/theme/", {"theme": chosen, "next": "/?zoom=s"})
    assert (response.status_code, response["Location"]) == (302, "/?zoom=s")
    assert f'data-theme="{chosen}"' in client.get("/").content.decode()


def test_theme_auto_forgets_the_choice(client, db):
    client.post("/theme/", {"theme": "dark", "next": "/"})
    client.post("/theme/", {"theme": "auto", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_theme_leads_nowhere_else(client, target):
    assert client.post("/theme/", {"theme": "dark", "next": target})["Location"] == "/"


def test_theme_is_changed_by_post_only(client):
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize(("theme", "following"), [("", "light"), ("light", "dark"), ("dark", "auto")])
def test_header_offers_the_next_theme(client, db, theme, following):
    client.cookies["theme"] = theme
    assert (
        re.search(r'<button type="submit" name="theme" value="(\w+)"', client.get("/").content.decode()).group(1)
        == following
    )


def test_header_leads_to_the_same_page_in_the_other_language(client, db):
    text = client.get("/zh-hans/?zoom=s").content.decode()
    assert '<a href="/?zoom=s" hreflang="en" lang="en">English</a>' in text
    assert (
        '<a href="/zh-hans/?zoom=s" hreflang="zh-Hans" lang="zh-Hans">中文</a>'
        in client.get("/?zoom=s").content.decode()
    )


@pytest.mark.parametrize(
    ("path", "section", "page"),
    [
        ("/zh-hans/", "/zh-hans/", "/zh-hans/"),
        ("/table/?q=x", "/", "/table/"),
        ("/changes/diff/", "/", "/changes/"),
        ("/momentum/", "/momentum/", "/momentum/"),
    ],
)
def test_header_marks_the_section_and_the_page(client, db, path, section, page):
    header = client.get(path).content.decode().split("</header>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="true"', header) == [section]
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', header) == [page]


def test_an_item_belongs_to_the_landscape_and_is_no_page_of_it(client, db):
    baker.make(Item, slug="istio", name="Istio")
    header = client.get("/items/istio/").content.decode().split("</header>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', header) == [("/", "true")]
    assert '<a href="/table/">' in header


def test_a_page_outside_of_every_section_marks_nothing(client, db):
    header = client.get("/cite/").content.decode().split("</header>")[0]
    assert "aria-current" not in header
    assert "section-nav" not in header


def test_footer_names_source_licence_and_date(client, db):
    landscape(attribution="CNCF and its contributors", public_url="https://example.org/landscape", licence="CC BY 4.0")
    version(datetime(2026, 8, 7, 9, tzinfo=UTC))
    footer = client.get("/").content.decode().split("<footer")[-1]
    assert '<a href="https://example.org/landscape">CNCF and its contributors</a>' in footer
    assert "CC BY 4.0" in footer
    assert '<time datetime="2026-08-07T09:00:00+00:00"' in footer


def test_pages_carry_no_inline_script_or_style(client, db):
    text = client.get("/").content.decode()
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)| style=| on\w+=", text)
    assert "'unsafe-inline'" not in client.get("/")["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "heading"), [("/nope/", "There is no such page"), ("/zh-hans/nope/", "没有这个页面")])
def test_a_missing_page_is_404_in_both_languages(client, db, path, heading):
    response = client.get(path)
    assert response.status_code == 404
    assert heading in response.content.decode()


def test_the_error_page_needs_no_database():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()


def test_the_patterns_page_renders(db):
    assert design(RequestFactory().get("/design/")).status_code == 200


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["25 April 2020", "April 2020", "25 April 2020, 22:30 UTC"]),
        ("zh-hans", ["2020年4月25日", "2020年4月", "2020年4月25日 22:30 UTC"]),
    ],
)
def test_dates_are_written_in_utc_and_in_the_readers_language(language, expected):
    moment = datetime.fromisoformat("2020-04-26T00:30+02:00")
    with translation.override(language):
        assert [dates.day(moment), dates.month(moment), dates.instant(moment)] == expected


def test_dates_as_elements():
    assert dates.iso(date(2020, 4, 5)) == "2020-04-05"
    assert dates.time_tag(date(2020, 4, 5)) == '<time datetime="2020-04-05">5 April 2020</time>'
    assert dates.time_tag(datetime(2020, 4, 5, 1, 2, 3, tzinfo=UTC)) == (
        '<time datetime="2020-04-05T01:02:03+00:00" title="5 April 2020, 01:02 UTC">5 April 2020</time>'
    )


@pytest.mark.parametrize(
    "write", [dates.day, dates.month, dates.instant, dates.time_tag, numbers.number, numbers.percent]
)
def test_what_is_not_known_is_said_to_be_unknown(write):
    assert write(None) == '<span class="unknown">unknown</span>'


def test_numbers_are_grouped_and_signed():
    assert [numbers.number(1381), numbers.number(-5), numbers.number(0)] == ["1,381", "−5", "0"]
    assert [numbers.signed(12), numbers.signed(-3), numbers.signed(0)] == ["+12", "−3", "0"]
    assert [numbers.percent(0.125), numbers.percent(1, 0)] == ["12.5 %", "100 %"]


def test_catalogue_text_falls_back_to_english():
    both, english = Item(summary="A store.", summary_zh="一种存储。"), Item(summary="A store.")
    with translation.override("zh-hans"):
        assert [in_language(both, "summary"), in_language(english, "summary")] == ["一种存储。", "A store."]
    with translation.override("en"):
        assert in_language(both, "summary") == "A store."


@pytest.mark.parametrize(
    ("language", "title", "attribute"),
    [
        ("en", "A survey", ""),
        ("en", "2023 年调查报告", ' lang="zh"'),
        ("zh-hans", "A survey", ' lang="en"'),
        ("zh-hans", "CNCF 调查", ""),
        ("en", None, ""),
    ],
)
def test_words_of_another_language_say_so(language, title, attribute):
    with translation.override(language):
        assert foreign_lang(title) == attribute


def test_sources_say_the_language_of_their_titles():
    with translation.override("zh-hans"):
        linked = render_to_string("partials/_source.html", {"title": "A survey", "url": "https://r.example/"})
        plain = render_to_string("partials/_source.html", {"title": "A survey"})

    assert '<a href="https://r.example/" lang="en">A survey</a>' in linked
    assert '<span lang="en">A survey</span>' in plain


def test_labels_keep_words_that_we_do_not_know():
    with translation.override("zh-hans"):
        assert [maturity_label("graduated"), maturity_label("premier"), kind_label("member")] == [
            "毕业",
            "premier",
            "会员",
        ]


def test_favicon_answers_programs_that_read_no_page(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Content-Type"]) == (200, "image/x-icon")
    assert response["Cache-Control"] == "public, max-age=2592000"
    assert response.content.startswith(b"\0\0\1\0")
