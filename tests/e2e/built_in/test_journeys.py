"""Two ways through the product that a reader takes by links alone, each from its first question to the figures."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect


def test_from_the_layer_board_to_a_comparison_that_is_taken_home(new_page):
    """The investor's: a layer, its money, its projects in production, three of them beside each other, a file."""
    page = new_page("/")
    page.get_by_role("banner").get_by_role("link", name="Market").click()
    page.get_by_role("link", name="The essay's investment layers").click()
    page.locator("#board").get_by_role("link", name="New infrastructure").click()

    page.get_by_role("link", name="Its rounds of funding").click()
    expect(page.get_by_role("heading", name="Funding", level=1)).to_be_visible()
    assert page.locator("main table summary").count() > 0
    page.go_back()

    page.get_by_role("link", name="Its projects in production").click()
    boxes = page.locator("main tbody input[type=checkbox]")
    names = [page.locator("main tbody th").nth(place).inner_text() for place in range(3)]
    for place in range(3):
        boxes.nth(place).check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/compare/?items=**")
    assert page.get_by_role("columnheader").all_inner_texts()[1:4] == names
    assert page.locator("main .source").count() > 0

    with page.expect_download() as download:
        page.locator("main a[href*='figures.csv']").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text().splitlines()))
    assert len({row["item"] for row in rows}) == 3
    assert all(row["value"] or row["why_unknown"] for row in rows)
    assert all(row["basis"] and row["as_of"] for row in rows)


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_from_a_question_to_the_layer_the_projects_and_the_money_behind_it(new_page, language):
    """The newcomer's: an answer, a concept in it, what implements the concept, the layer, its rounds."""
    page = new_page(f"{language}/knowledge/")
    page.locator(f"main a[href='{language}/questions/what-is-kubernetes-for/']").first.click()
    page.locator(f".prose a[href='{language}/concepts/control-loop/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.go_back()

    page.locator(f"main a[href='{language}/items/kubernetes/']").first.click()
    expect(page.get_by_role("heading", name="Kubernetes", level=1)).to_be_visible()
    page.go_back()

    page.locator(f"main a[href^='{language}/layers/investment-layers/']").first.click()
    assert page.locator("#adopted tbody th").count() > 0
    page.locator("#money tbody th a").first.click()
    page.wait_for_url(f"**{language}/organizations/**")
    assert page.locator("main table tbody tr").count() > 0
