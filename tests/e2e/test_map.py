"""The main path of a reader: map, filter, date, panel; with and without script, in both themes."""

import re

import pytest
from model_bakery import baker
from playwright.sync_api import expect

from projects.models import Organization
from tests.web.catalogue import FIRST, instant, item, landscape, period, shelf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def catalogue():
    landscape(attribution="The CNCF", public_url="https://example.org/landscape")
    network = shelf("Runtime", "Network")
    cncf = baker.make(Organization, slug="cncf", name="CNCF")
    cilium = item("Cilium", maturity="graduated", kind="project", subcategory=network, organization=cncf)
    period(cilium, FIRST, instant(2023, 10, 11), maturity="incubating")
    period(item("Rook", maturity="graduated", kind="project"), instant(2020, 10, 7))
    period(cilium, instant(2023, 10, 11))
    for name, maturity in (("Antrea", "sandbox"), ("Ligato", "archived"), ("Calico", "")):
        kind = "project" if maturity else "open_source"
        period(item(name, maturity=maturity, kind=kind, subcategory=network), FIRST)


def tiles(page):
    return page.locator(".tiles > a > b").all_inner_texts()


def test_reader_filters_steps_back_in_time_and_opens_a_panel(new_page, catalogue):
    page = new_page()
    assert tiles(page) == ["Cilium", "Antrea", "Calico", "Ligato", "Rook"]

    page.locator("#filter-maturity > summary").click()
    page.get_by_label("Graduated 2").check()
    page.wait_for_url("**/?maturity=graduated")
    expect(page.locator(".tiles > a")).to_have_count(2)
    assert page.locator("#filter-maturity").get_attribute("open") is not None

    page.keyboard.press("Escape")
    page.locator("#as-of").fill("2019-06-15")
    expect(page.locator(".tiles > a")).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Remove the filter")).click()
    expect(page.locator(".tiles > .i")).to_have_count(1)
    assert page.url.endswith("/?as_of=2019-06-15")
    assert "As of 15 June 2019" in page.locator("#map-state").inner_text()

    page.get_by_role("link", name="Cilium").click()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    assert "incubating" in panel.inner_text().lower()
    page.wait_for_url("**/?as_of=2019-06-15&item=cilium")
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    page.wait_for_url("**/?as_of=2019-06-15")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/items/cilium/?as_of=2019-06-15"

    page.go_back()
    expect(page.locator(".empty")).to_have_count(1)
    page.go_back()
    expect(page.locator(".tiles > a")).to_have_count(2)
    page.get_by_role("link", name="Rook").click()
    page.get_by_role("dialog").wait_for()


def test_open_panel_survives_a_reload_and_closes_on_the_way_back(new_page, catalogue):
    page = new_page("/?hide_archived=true")
    page.get_by_role("link", name="Rook").click()
    page.wait_for_url("**/?hide_archived=true&item=rook")
    page.reload()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    assert page.evaluate("document.getElementById('panel').matches(':modal')")
    page.go_back()
    panel.wait_for(state="hidden")
    page.wait_for_url("**/?hide_archived=true")
    page.go_forward()
    panel.wait_for()
    page.goto(page.url)
    page.get_by_role("button", name="Close").click()
    page.wait_for_url("**/?hide_archived=true")


def test_play_walks_month_by_month_until_it_is_stopped(new_page, catalogue):
    page = new_page("/?as_of=2020-08-01")
    page.locator("#play").click()
    expect(page.locator(".tiles > a")).to_have_count(5)
    page.locator("#play").click()
    stopped_at = page.url
    assert re.search(r"as_of=2020-1[0-2]-01", stopped_at)
    page.wait_for_timeout(1000)
    assert page.url == stopped_at


def test_slider_chooses_a_month(new_page, catalogue):
    page = new_page()
    page.locator("#as-of-range").focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/?as_of=2018-03-01")
    expect(page.locator(".tiles > .i")).to_have_count(1)
    page.locator("#as-of-range").focus()
    page.keyboard.press("End")
    expect(page.locator(".tiles > .g")).to_have_count(2)
    assert page.url.endswith("/")


def test_map_works_without_script(new_page, catalogue):
    page = new_page(java_script_enabled=False)
    assert not page.locator("#play").is_visible()
    page.locator("#filter-maturity > summary").click()
    page.get_by_label("Sandbox 1").check()
    page.get_by_role("button", name="Apply").click()
    assert tiles(page) == ["Antrea"]
    page.get_by_role("link", name="One month earlier").click()
    assert "maturity=sandbox" in page.url
    page.get_by_role("link", name="Antrea").click()
    assert "/items/antrea/" in page.url


def test_slash_focuses_the_search_and_the_theme_changes(new_page, catalogue):
    page = new_page("/zh-hans/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.keyboard.type("cil")
    page.locator("#search-suggestions a").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.pathname") == "/zh-hans/items/cilium/"
    page.keyboard.press("Escape")
    expect(page.locator("#search-suggestions a")).to_have_count(0)
    page.locator("button[name=theme]").click()
    page.wait_for_selector("html[data-theme=light]")
    page.locator("button[name=theme]").click()
    page.wait_for_selector("html[data-theme=dark]")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/zh-hans/", "/?as_of=2019-06-15&maturity=incubating&zoom=xl", "/?as_of=nope"])
def test_map_breaks_no_serious_rule_of_accessibility(new_page, catalogue, violations, scheme, path):
    page = new_page(path, color_scheme=scheme)
    for menu in page.locator("details.more").all():
        menu.evaluate("menu => { menu.open = true }")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_panel_breaks_no_serious_rule_of_accessibility(new_page, catalogue, violations, scheme):
    page = new_page(color_scheme=scheme)
    page.get_by_role("link", name="Cilium").click()
    page.get_by_role("dialog").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 768])
def test_map_fits_narrow_screens(new_page, catalogue, width):
    page = new_page(viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_quick_typing_and_new_filters_leave_the_console_silent(new_page, catalogue):
    page = new_page("/")
    page.keyboard.press("/")
    page.keyboard.type("cilium", delay=30)
    page.locator("#search-suggestions a").first.wait_for()
    page.evaluate("""() => {
        const form = document.querySelector('.map-bar');
        for (let turn = 0; turn < 3; turn += 1) htmx.trigger(form, 'change');
    }""")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".tiles > a")).not_to_have_count(0)
