"""The main pages in both themes, at a phone's and a desk's width, in the three languages."""

import re

import pytest

pytestmark = pytest.mark.matrix

FOR_VISITORS = [
    "/{language}/",
    "/{language}/help/",
    "/charter/",
    "/charter/register/",
    "/charter/transparency/",
    "/groups/",
    "/groups/logiciels-libres-opensource/",
    "/blogs/",
    "/tags/",
    "/search/?q=accessibilit",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing-here/",
]
FOR_MEMBERS = [
    "/feed/",
    "/groups/langage-clair-klare-taal/",
    "/groups/langage-clair-klare-taal/topics/new/",
    "/groups/new/",
    "/groups/questions/",
    "/groups/langage-clair-klare-taal/questions/",
    "/groups/langage-clair-klare-taal/members/",
    "/members/",
    "/members/amina-benhadou/",
    "/write/",
    "/notifications/",
    "/me/",
    "/me/profile/",
    "/me/notifications/",
    "/me/privacy/",
    "/me/drafts/",
    "/me/reports/",
    "/me/bookmarks/",
    "/me/feeds/",
    "/me/blog/import/",
]
# For who keeps order in a group: Pieter, in this one.
FOR_FACILITATORS = [
    f"/groups/bienvenue-a-bord-welkom-aan-boord/{page}"
    for page in ("", "activity/", "members/", "review/", "settings/")
]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_main_page_fits_and_is_accessible(person, width, theme, language):
    visitor = person(width=width, theme=theme, language=language)
    for path in FOR_VISITORS:
        visitor.open(path.format(language=language))
        assert visitor.page.locator("html").get_attribute("lang") == language, path
    amina = person(width=width, theme=theme, language=language)
    amina.log_in("amina@demo.example", language=language)
    for path in FOR_MEMBERS:
        amina.open(path)
        assert amina.page.locator("html").get_attribute("lang") == language, path
    pieter = person(width=width, theme=theme, language=language)
    pieter.log_in("pieter@demo.example", language=language)
    for path in FOR_FACILITATORS:
        pieter.open(path)
    # A topic and a post, as members and visitors reach them.
    for someone, list_page, link in (
        (visitor, "/groups/logiciels-libres-opensource/", "main a[href*='/topics/']"),
        (amina, "/groups/langage-clair-klare-taal/", "main .card a[href*='/topics/']"),
        (amina, "/blogs/", "main a[href^='/blogs/'][href*='-']"),
    ):
        someone.page.goto(list_page)
        someone.open(someone.page.locator(link).first.get_attribute("href"))


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("width", [320, 1920])
def test_no_page_scrolls_sideways_on_the_smallest_phone_or_the_widest_desk(person, width, language):
    visitor, amina = person(width=width, language=language), person(width=width, language=language)
    amina.log_in("amina@demo.example", language=language)
    for someone, paths in ((visitor, FOR_VISITORS), (amina, FOR_MEMBERS)):
        for path in paths:
            someone.page.goto(path.format(language=language))
            someone.fits()


# What is ours in the administration; the rest is Wagtail's.
OURS = re.compile(
    r"/admin/(moderation|contributions|users|waiting|institutions|charter|administration_|discussion-groups)"
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", ["sofie", "pieter"])
def test_one_of_each_kind_of_page_in_the_administration_is_accessible(person, who, theme):
    someone = person(theme=theme).log_in(f"{who}@demo.example")
    seen, waiting = set(), ["/admin/"]
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"\d+", "…", path)
        if kind in seen:
            continue
        seen.add(kind)
        someone.page.goto(path)
        someone.inspect()
        # Who accepted the charter is a table to download.
        links = someone.page.locator("a[href]").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
        waiting += [link for link in links if OURS.match(link) and not re.search("[?#]|accept", link)]
    assert len(seen) > 5, seen


def test_the_style_guide_is_accessible(person):
    for theme in ("light", "dark"):
        person(theme=theme).open("/styleguide/")
