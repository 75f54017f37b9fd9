"""The pages in a real browser: nothing that keeps a reader out, at a phone's width and a desk's, light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import copy_tree

from sadec_analysis.places import load_place
from sadec_analysis.running.month import run_month
from sadec_analysis.running.parameters import Parameters

PAGES = ["brief.html", "notebooks/02_scores.html", "../index.html"]
WIDTHS = (360, 1280)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    return run_month(Parameters.checked("2022-11", root=copy_tree(tmp_path_factory.mktemp("pages"))), 2)


@pytest.fixture
def opened(browser, outputs):
    """Open a page as a reader with that width and colour scheme does."""
    contexts = []

    def opening(name, width, scheme="light"):
        # The checker is a script, which the page itself forbids.
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        contexts.append(context)
        page = context.new_page()
        page.goto((outputs / name).as_uri())
        return page

    yield opening
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_checker_of_accessibility_finds_no_violation(opened, name, width, scheme):
    found = Axe().run(opened(name, width, scheme))
    assert found.violations_count == 0, found.generate_report()


def test_the_checker_would_notice(opened):
    page = opened("brief.html", 360)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<p style=\"color:#ddd\">Chữ quá nhạt</p>')"
    )
    assert "color-contrast" in {each["id"] for each in Axe().run(page).response["violations"]}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(opened, name, width):
    page = opened(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_pages_are_dark_and_their_charts_stand_on_white(opened):
    page = opened("brief.html", 360, "dark")
    colour = "element => getComputedStyle(element).backgroundColor"
    assert page.eval_on_selector("html", colour) == "rgb(20, 24, 29)"
    assert page.eval_on_selector("figure.chart svg", colour) == "rgb(255, 255, 255)"


def test_the_source_of_a_number_is_told_on_focus_by_keyboard(opened):
    page = opened("brief.html", 360)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.n[data-source]')"):
            break
    told, source = page.evaluate(
        "[getComputedStyle(document.activeElement, '::after').content, document.activeElement.dataset.source]"
    )
    assert source
    assert told.strip('"').replace('\\"', '"') == source
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_contents_lead_to_every_section(opened):
    page = opened("brief.html", 1280)
    sections = page.eval_on_selector_all("h2", "all => all.map(each => each.id)")
    links = page.eval_on_selector_all("nav a", "all => all.map(each => each.hash.slice(1))")
    assert links == sections
    assert len(links) >= 6
    page.click("nav a >> nth=3")
    assert abs(page.eval_on_selector(f"#{links[3]}", "each => each.getBoundingClientRect().top")) < 5


def test_findings_lead_to_the_first_number_they_are_about(opened):
    page = opened("brief.html", 1280)
    links = page.eval_on_selector_all("a.back", "all => all.map(each => each.hash.slice(6))")
    assert len(links) == len(set(links)) == 17  # four of the 21 are about tables as a whole
    for number in links:
        mark = page.locator(f"#mark-{number}")
        assert mark.text_content() == number
        assert page.locator(".badge", has_text=number).locator("visible=true").count() >= 1
    page.click("a.back >> nth=0")
    assert page.eval_on_selector(f"#mark-{links[0]}", "each => each.getBoundingClientRect().top") < 800


@pytest.mark.parametrize("width", [360, 1280])
def test_no_line_splits_the_name_of_a_unit(opened, width):
    lines = opened("brief.html", width).evaluate(
        """names => {
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
          for (let node; node = walker.nextNode();) for (const name of names) {
            const at = node.data.normalize().replaceAll('\\u00a0', ' ').indexOf(name);
            if (at < 0 || !node.parentElement.checkVisibility() || node.parentElement.closest('svg, style')) continue;
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + name.length);
            found.push([name, new Set([...range.getClientRects()].map(each => Math.round(each.top))).size]);
          }
          return found;
        }""",
        [name for name in sorted(load_place("sa_dec").names) if " " in name],
    )
    assert len(lines) > 100
    assert [name for name, count in lines if count != 1] == []


def test_no_line_splits_points_from_their_maximum(opened):
    wholes = opened("brief.html", 360).eval_on_selector_all(
        ".whole",
        "all => all.map(each => [each.textContent, new Set([...each.getClientRects()].map(box => Math.round(box.top))).size])",
    )
    assert len([text for text, _ in wholes if text.endswith("/18")]) >= 3
    assert [text for text, lines in wholes if lines != 1] == []
