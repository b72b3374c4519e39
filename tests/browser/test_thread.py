"""In a discussion: what only a browser with scripts can show."""

import pytest
from playwright.sync_api import expect

AMINA = "amina@demo.example"


@pytest.fixture
def amina(person):
    return person().log_in(AMINA)


def open_discussion(someone):
    """A topic of the demonstration network that has replies and takes more."""
    page = someone.page
    page.goto("/feed/")
    groups = page.locator(".rail a[href^='/groups/']").evaluate_all(
        "links => links.map((link) => link.pathname)"
    )
    for group in [path for path in groups if path.count("/") == 3]:
        page.goto(group)
        for topic in page.locator("main .card__title a").evaluate_all(
            "links => links.map((link) => link.pathname)"
        ):
            page.goto(topic)
            if page.locator("a[data-quote='1']").count():
                return page
    raise AssertionError("No topic of Amina's groups can be answered.")


def select_words(page, length):
    page.locator("#reply-1 .reply__body").evaluate(
        """(body, length) => {
            const text = document.createTreeWalker(body, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.setStart(text, 0);
            range.setEnd(text, length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return range.toString();
        }""",
        length,
    )
    return page.evaluate("getSelection().toString()").strip()


def test_what_is_selected_is_quoted_after_what_one_has_typed(amina):
    page = open_discussion(amina)
    amina.write("My own words.", within="#reply-form")
    words = select_words(page, 12)
    page.locator("a[data-quote='1']").click()
    editor = page.locator("#reply-form [contenteditable=true]")
    expect(editor).to_contain_text("My own words.")
    expect(editor.locator("blockquote")).to_have_text(words)
    assert page.locator("#reply-form [name=parent]").input_value() == "1"


def test_a_link_to_a_reply_of_another_page_leads_there(amina):
    page = open_discussion(amina)
    page.evaluate("location.hash = '#reply-999'")
    page.wait_for_url("**/?from=999#reply-999")
