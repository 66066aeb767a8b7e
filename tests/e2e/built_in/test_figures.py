"""What figures and lists do for a reader with script: zoom, glances, sizes, orders, suggestions; and without."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect


def test_curves_open_for_zooming_and_go_back_to_all(new_page):
    page = new_page("/items/kubernetes/curves/")
    figure = page.locator("figure", has=page.locator("button[data-zoom=stars-zoom]"))
    figure.get_by_role("button", name="Zoom").click()
    over = figure.locator(".u-over")
    over.wait_for()
    assert not figure.locator("svg.chart").is_visible()
    expect(figure.get_by_role("button", name="Drag to zoom, double-click to see all.")).to_be_disabled()

    drawn = figure.locator("canvas")
    before = drawn.evaluate("canvas => canvas.toDataURL()")
    box = over.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, middle, steps=5)
    page.mouse.up()
    page.mouse.move(0, 0)
    page.wait_for_function("([canvas, was]) => canvas.toDataURL() !== was", arg=[drawn.element_handle(), before])
    over.dblclick()
    page.mouse.move(0, 0)
    page.wait_for_function("([canvas, was]) => canvas.toDataURL() === was", arg=[drawn.element_handle(), before])


def test_tiles_say_at_a_glance_what_they_stand_for(new_page):
    page = new_page("/zh-hans/")
    glance = page.locator("#glance")
    tile = page.locator(".tiles > a[href='/zh-hans/items/kubernetes/']").first
    # A scroll hides it: the one to the tile must be over before the mouse comes.
    tile.scroll_into_view_if_needed()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    tile.hover()
    glance.wait_for()
    assert "Kubernetes" in glance.inner_text()
    assert tile.get_attribute("aria-describedby") == "glance"
    page.keyboard.press("Escape")
    glance.wait_for(state="hidden")

    # The keyboard brings the tile back into sight, and what it says with it.
    page.mouse.move(0, 0)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("Tab")
    tile.focus()
    glance.wait_for()
    tile.press("Escape")
    glance.wait_for(state="hidden")
    assert tile.get_attribute("aria-describedby") is None


def test_map_sizes_its_tiles_by_stars(new_page):
    page = new_page("/")
    page.get_by_label("Size by").select_option("stars")
    page.wait_for_url("**/?size=stars")
    widths = page.locator(".tiles > a").evaluate_all("tiles => tiles.map(tile => tile.getBoundingClientRect().width)")
    assert len({round(width) for width in widths}) > 3
    page.go_back()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.get_by_label("Size by")).to_have_value("")


def test_table_sorts_in_place_and_the_way_back_undoes_it(new_page):
    page = new_page("/table/?set=momentum")
    first = page.locator(".item-table tbody th").first
    before = first.inner_text()
    page.evaluate("window.isSamePage = true")
    page.locator(".item-table thead").get_by_role("link", name="Stars", exact=True).click()
    page.wait_for_url("**sort=*stars*")
    expect(page.locator("th[aria-sort]")).to_have_text(re.compile("Stars"))
    expect(first).not_to_have_text(before)
    assert page.evaluate("window.isSamePage")
    page.go_back()
    expect(first).to_have_text(before)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/table/?set=catalogue", "Category"),
        ("/screener/?set=stage", "Rows"),
        ("/vendor-control/", "Maturity"),
        ("/ladder/projects/", "Stage"),
    ],
)
def test_order_outlives_a_filter(new_page, path, field):
    page = new_page(path)
    page.locator("main thead a").nth(1).click()
    page.wait_for_url("**sort=**")
    order = parse_qs(urlsplit(page.url).query)["sort"]
    before = page.url
    page.locator("main select").and_(page.get_by_label(field, exact=True)).select_option(index=2)
    page.wait_for_url(lambda url: url != before)
    assert parse_qs(urlsplit(page.url).query)["sort"] == order


@pytest.mark.parametrize(
    ("start", "typed", "path"),
    [("/", "service mesh", "/concepts/service-mesh/"), ("/zh-hans/", "服务网格", "/zh-hans/concepts/service-mesh/")],
)
def test_search_suggests_a_concept(new_page, start, typed, path):
    page = new_page(start)
    page.keyboard.press("/")
    page.locator("#site-search").fill(typed)
    page.locator(f"#search-suggestions a[href='{path}']").click()
    page.wait_for_url(f"**{path}")


@pytest.mark.parametrize("figure", ["#treemap svg a", "table.heat td a"])
def test_layer_board_leads_from_its_figures_to_what_is_behind_them(new_page, figure):
    page = new_page("/layers/investment-layers/")
    links = page.locator(figure).filter(visible=True)
    link = links.first
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{target.split('#')[0]}**")
    assert page.locator("h1").count() == 1
    assert page.locator("main a[href*='/items/'], main table").count() > 0


@pytest.mark.parametrize("path", ["/concepts/cloud-native-game/", "/zh-hans/concepts/cloud-native/"])
def test_terms_of_a_concept_say_what_they_mean_and_lead_there_once(new_page, path):
    page = new_page(path)
    terms = page.locator("a.term[title]")
    targets = terms.evaluate_all("links => links.map(link => link.pathname)")
    assert targets
    assert len(targets) == len(set(targets))
    terms.first.click()
    page.wait_for_url(f"**{targets[0]}")


@pytest.mark.parametrize("path", ["/concepts/sidecar/", "/layers/trail-map/?as_of=2024-01-01", "/table/?set=momentum"])
def test_language_switch_stays_on_the_page(new_page, path):
    page = new_page(path)
    page.get_by_role("link", name="中文").click()
    page.wait_for_url(f"**/zh-hans{path}")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url(lambda url: "zh-hans" not in url)
    assert page.url.endswith(path)
