"""By keyboard alone, and without a connection: what only a browser can show."""

import pytest

AMINA = "amina@demo.example"


@pytest.fixture
def amina(person):
    return person().log_in(AMINA)


def at(someone, address):
    someone.page.goto(address)
    return someone.page


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_keys_move_from_card_to_card_and_say_where_it_ends(amina):
    page = at(amina, "/feed/")
    titles = [title.strip() for title in page.locator("main article.card h3 a").all_text_contents()]
    page.keyboard.press("j")
    assert focused(page) == titles[0]
    page.keyboard.press("j")
    assert focused(page) == titles[1]
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert focused(page) == titles[0]
    assert page.locator("#shortcuts-said").text_content() == "This is the first one."


def test_keys_are_listed_search_and_write(amina):
    page = at(amina, "/feed/")
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.keyboard.type("njk?")
    assert page.locator("#site-search").input_value() == "njk?"
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**/write/")


def test_keys_do_nothing_once_they_are_turned_off(amina):
    page = at(amina, "/feed/")
    page.keyboard.press("?")
    page.get_by_role("button", name="Turn shortcuts off").click()
    amina.sees("Keyboard shortcuts are off.")
    page.keyboard.press("n")
    page.keyboard.press("?")
    assert page.locator("#shortcuts").count() == 0
    assert page.url.endswith("/feed/")
    page.goto("/me/profile/")
    page.check("#id_shortcuts")
    amina.submit()
    assert page.locator("#shortcuts").count() == 1


def test_without_a_connection_a_page_says_so_and_what_one_wrote_is_there_afterwards(amina):
    page = at(amina, "/write/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.fill("input[name=title]", "Written on the train")
    amina.context.set_offline(True)
    page.goto("/write/")
    assert amina.sees("You are offline")
    amina.context.set_offline(False)
    page.goto("/write/")
    assert page.input_value("input[name=title]") == "Written on the train"
    names = page.evaluate("caches.keys()")
    kept = page.evaluate(
        "name => caches.open(name).then(c => c.keys()).then(k => k.map(r => r.url))", names[0]
    )
    assert len(names) == 1
    assert all("/static/" in address or address.endswith("/offline/") for address in kept)
