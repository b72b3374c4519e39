"""The roads of the three people, walked in the running site: each step begins where the one before ended."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from .people import PASSWORD

GROUP = "/groups/langage-clair-klare-taal/"
NADIA = "nadia@demo.example"
STRANGER = "wim@somewhere.example"
# A name that nothing else on the site has.
TOPIC = "Which words do you no longer use at the counter?"
POST = "Ce que le guichet m’a appris"


@pytest.fixture(scope="session")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures") / "portrait.png"
    Image.new("RGB", (640, 480), "teal").save(path)
    return path


def sign_up(someone, name, address):
    someone.open("/accounts/signup/")
    someone.page.fill("#id_name", name)
    someone.page.fill("#id_email", address)
    someone.page.fill("#id_password1", PASSWORD)
    someone.page.check("#id_accept")
    someone.submit()


def confirm(someone, mail, address):
    someone.open(mail.link_to(address, "/accounts/confirm-email/"))
    someone.submit()


def test_the_whole_road_from_joining_to_a_moderated_conversation(person, mail, picture):
    nadia, stranger = person(), person()
    join(nadia, stranger, mail, picture)
    take_part(nadia, picture)
    find(nadia)
    moderate(nadia, person, mail)
    administer(nadia, stranger, person, mail)


def join(nadia, stranger, mail, picture):
    page = nadia.page
    nadia.open("/")
    assert "/en/" in page.url
    nadia.open("/charter/")
    nadia.open(GROUP)
    # Without accepting nobody joins, and nothing typed is lost.
    nadia.open("/accounts/signup/")
    page.fill("#id_name", "Nadia Peeters")
    page.fill("#id_email", NADIA)
    page.fill("#id_password1", PASSWORD)
    nadia.submit()
    nadia.look()
    expect(page.locator("#id_accept_error, .field--error").first).to_be_visible()
    expect(page.locator("#id_email")).to_have_value(NADIA)
    page.fill("#id_password1", PASSWORD)
    page.check("#id_accept")
    nadia.submit()
    nadia.sees("Check your mail")
    confirm(nadia, mail, NADIA)
    nadia.sees("you can take part from now on")
    sign_up(stranger, "Wim Onbekend", STRANGER)
    confirm(stranger, mail, STRANGER)
    stranger.sees("An administrator will look")
    nadia.open("/me/profile/")
    if "/accounts/login/" in page.url:
        # A browser that forgot who signed up asks for the password.
        page.fill("input[name=login]", NADIA)
        page.fill("input[name=password]", PASSWORD)
        nadia.submit()
    page.fill("#id_job_title", "Information officer")
    page.fill("#id_bio", "I answer at the counter of Saint-Géry.")
    page.fill("#id_expertise", "plain language, forms")
    page.check("#id_languages_0")
    page.check("#id_languages_2")
    page.set_input_files("#id_new_photo", picture)
    nadia.submit()
    nadia.sees("Your profile is saved.")
    nadia.open("/members/nadia-peeters/")
    nadia.sees("Information officer")
    photo = page.locator("main img[src*='/photo/']").first
    assert photo.evaluate("image => image.complete && image.naturalWidth > 0")


def take_part(nadia, picture):
    page = nadia.page
    nadia.open(GROUP)
    page.locator("form[action$='/join/'] button, a[href$='/join/']").first.click()
    if page.url.endswith("/join/"):
        nadia.submit()
    nadia.sees("You are a member of")
    nadia.open(f"{GROUP}topics/new/")
    page.fill("#id_title", TOPIC)
    nadia.write("We dropped a dozen of them last year.")
    page.fill("#id_tags", "plain language, counters")
    page.select_option("#id_language", "en")
    nadia.submit()
    nadia.wait_for_release()
    nadia.look()
    # A reply in another's topic: taken back, then posted, then corrected.
    page.goto(GROUP)
    others = page.locator(f"main a[href*='/topics/']:not([href$='/new/']):not(:has-text('{TOPIC}'))")
    page.goto(others.first.get_attribute("href"))
    topic = page.url
    nadia.write("Our leter fits on one page.", within="#reply-form")
    nadia.submit("#reply-form")
    page.locator("form[action$='/undo/'] button").click()
    nadia.sees("Taken back")
    page.locator("#reply-form").scroll_into_view_if_needed()
    expect(page.locator("#reply-form [contenteditable=true]")).to_contain_text("Our leter fits")
    nadia.submit("#reply-form")
    reply = page.locator("article.reply", has_text="Our leter fits")
    expect(reply).to_have_id(re.compile(r"reply-\d+"))
    nadia.look()
    reply.locator("details.menu summary").click()
    reply.get_by_role("link", name="Edit").click()
    nadia.write("Our letter fits on one page.")
    page.fill("#id_reason", "A typing error")
    nadia.submit()
    reply = page.locator("article.reply", has_text="Our letter fits")
    reply.get_by_role("link", name="Corrected").click()
    nadia.look()
    expect(page.locator("main del")).to_contain_text("leter")
    expect(page.locator("main ins")).to_contain_text("letter")
    nadia.topic = topic
    # The first post, with a picture.
    nadia.open("/write/")
    page.fill("#id_blog_title", "Au guichet")
    page.check("#id_blog_visibility_0")
    page.fill("#id_title", POST)
    nadia.write("Des fonctionnaires bruxellois témoignent de leur journée.")
    page.set_input_files("#id_picture", picture)
    page.fill("#id_cover_alt", "Un guichet vu de face")
    page.fill("#id_tags", "accueil au guichet")
    page.select_option("#id_language", "fr")
    page.locator("button[name=publish]").click()
    nadia.wait_for_release()
    nadia.look()
    cover = page.locator("main img[src^='/files/']").first
    assert cover.evaluate("image => image.complete && image.naturalWidth > 0")
    # A comment on someone else's.
    page.goto("/blogs/")
    blogs = page.locator("main a[href^='/blogs/']:not([href*='nadia'])").evaluate_all(
        "links => links.map(link => link.getAttribute('href')).filter(href => /^.blogs.[^/?]+.$/.test(href))"
    )
    nadia.open(blogs[0])
    page.get_by_role("button", name="Follow", exact=True).first.click()
    nadia.sees("You follow this blog")
    page.locator(f"main a[href^='{blogs[0]}']:not([href*='feed'])").first.click()
    nadia.write("Thank you: we do the same at our counter.", within="#reply-form")
    nadia.submit("#reply-form")
    comment = page.locator("article.reply", has_text="we do the same at our counter")
    expect(comment).to_have_id(re.compile(r"reply-\d+"))
    nadia.blog = blogs[0]


def find(nadia):
    page = nadia.page
    nadia.open("/feed/")
    nadia.sees(TOPIC)
    expect(page.locator(f"main a[href^='{nadia.blog}']").first).to_be_visible()
    page.goto("/search/?q=words+counter")
    page.get_by_role("link", name=TOPIC).first.click()
    page.locator("main .tag-list a").first.click()
    nadia.look()
    nadia.sees(TOPIC)
    for words in ("fonctionnaire", "temoignent", "témoignent"):
        nadia.open(f"/search/?q={words}")
        expect(page.get_by_role("link", name=POST).first).to_be_visible()


def moderate(nadia, person, mail):
    page = nadia.page
    page.goto(nadia.topic)
    reply = page.locator("article.reply:not(:has-text('Our letter fits'))").first
    words = reply.locator(".reply__body").inner_text().strip().split("\n")[0][:40]
    reply.locator("details.menu summary").click()
    reply.get_by_role("link", name="Report").click()
    nadia.look()
    nadia.submit()
    expect(page.locator(".field--error").first).to_be_visible()
    page.locator("input[name=articles]").first.check()
    page.fill("[name=explanation]", "This names a colleague who can't answer here.")
    page.check("[name=good_faith]")
    nadia.submit()
    nadia.look()
    mail.to(NADIA, having="Your report has arrived")

    pieter = person().log_in("pieter@demo.example")
    desk = pieter.page
    desk.goto("/admin/moderation/cases/")
    case = desk.locator("tr", has_text=words).locator("a[href*='/cases/']").first
    desk.goto(case.get_attribute("href"))
    pieter.sees("This names a colleague who can't answer here.")
    desk.locator("form[action$='/take/'] button").click()
    desk.locator("a[href$='/decide/']").first.click()
    # An incomplete statement is refused in words, and nothing typed is lost.
    desk.check("#id_outcome_1")
    desk.check("input[name=measure][value=hide]")
    desk.check("input[name=duration][value=indefinite]")
    desk.locator("input[name=articles]").first.check()
    desk.fill("#id_facts", "")
    desk.fill("#id_explanation", "A colleague is named who has no account here.")
    desk.locator("button[name=step][value=preview]").click()
    expect(desk.locator("#id_explanation")).to_have_value("A colleague is named who has no account here.")
    desk.fill("#id_facts", "On the site, a reply names a colleague and tells of their health.")
    desk.locator("button[name=step][value=preview]").click()
    pieter.sees("On the site, a reply names a colleague")
    desk.get_by_role("button", name="Decide and send").click()
    pieter.sees("The case is decided")

    page.goto(nadia.topic)
    assert words not in page.locator("main").inner_text()
    mail.to(NADIA, having="What you reported was decided")
    nadia.open("/me/reports/")
    page.get_by_role("link", name="Read decision").first.click()
    nadia.look()
    statement = "a reply names a colleague and tells of their health"
    told = next(m for m in reversed(mail.messages) if statement in m.get_body(("plain",)).get_content())
    assert told["To"] != NADIA
    author = person().log_in(re.search(r"[\w.+-]+@[\w.-]+", told["To"])[0])
    author.open("/notifications/")
    author.page.locator("main a[href^='/notifications/']", has_text="decision").first.press("Enter")
    author.page.wait_for_url("**/decisions/**")
    author.look()
    author.sees(statement)


def administer(nadia, stranger, person, mail):
    sofie = person().log_in("sofie@demo.example")
    desk = sofie.page
    desk.goto("/admin/waiting/")
    desk.locator("a", has_text="Wim Onbekend").first.click()
    desk.locator("main a[href$='/verify/']").first.click()
    desk.select_option("#id_institution", index=1)
    sofie.submit()
    mail.to(STRANGER, having="verified")
    desk.goto("/admin/institutions/new/")
    desk.fill("#id_name_fr", "Commune de Saint-Ursmer")
    desk.fill("#id_name_nl", "Gemeente Sint-Ursmarus")
    desk.select_option("#id_level", "local")
    desk.fill("#id_domains", "saint-ursmer.example")
    sofie.submit("main form:has(#id_domains)")
    sofie.sees("Commune de Saint-Ursmer")

    desk.goto("/admin/users/?q=Wim")
    desk.locator("a", has_text="Wim Onbekend").first.click()
    account = desk.url
    desk.locator("main a[href$='/deactivate/']").first.click()
    desk.fill("#id_reason", "Left the civil service.")
    sofie.submit()
    stranger.page.goto("/me/profile/")
    assert "/accounts/login/" in stranger.page.url
    desk.goto(account)
    desk.locator("main a[href$='/restore/']").first.click()
    sofie.submit()
    stranger.log_in(STRANGER, PASSWORD)

    edit_pages(sofie, stranger)
    put_a_new_charter_in_force(sofie, nadia)


def edit_pages(sofie, reader):
    """The home page and the groups' section page, in the three languages."""
    desk = sofie.page
    for number, (home, section) in enumerate(pages_in_each_language(sofie.site)):
        desk.goto(f"/admin/pages/{home}/edit/")
        desk.fill("#id_hero_title", f"A new greeting {number}")
        publish(desk)
        desk.goto(f"/admin/pages/{section}/edit/")
        desk.locator("#tab-label-promote").click()
        desk.fill("#id_search_description", f"A new sentence {number}")
        publish(desk)
    shown = set()
    for language in ("fr", "nl", "en"):
        reader.page.goto(f"/language/?to={language}")
        reader.page.goto(f"/{language}/")
        shown.add(reader.page.locator("h1").inner_text())
        reader.page.goto("/groups/")
        shown.add(reader.page.locator("meta[name=description]").get_attribute("content"))
    assert shown == {f"A new {what} {n}" for what in ("greeting", "sentence") for n in range(3)}


def pages_in_each_language(site):
    """The keys of the home page and of what stands above the list of groups, language by language."""
    with site.database() as database:
        return database.execute(
            "select home.id, section.id from wagtailcore_page home join wagtailcore_page section"
            " on section.locale_id = home.locale_id and section.slug = 'about-groups'"
            " where home.depth = 2 order by home.id"
        ).fetchall()


def publish(desk):
    """Whether it has a place of its own or stands in the menu beside "Save"."""
    desk.locator("button[name=action-publish]").first.evaluate("button => button.click()")
    desk.get_by_text("published").first.wait_for()


def put_a_new_charter_in_force(sofie, nadia):
    """From then on everybody accepts it before going on; what is being written meanwhile is kept."""
    nadia.page.goto(nadia.topic)
    nadia.write("Written before the charter changed.", within="#reply-form")
    desk = sofie.page
    desk.goto("/admin/charter/new/")
    sofie.submit()
    version = re.search(r"/admin/charter/(\d+)/", desk.url)[1]
    preamble = desk.locator("textarea[name*=preamble]").first
    preamble.fill(preamble.input_value() + " Et encore ceci.")
    sofie.submit("main form:has(textarea[name*=preamble])")
    for step in ("publish", "enforce"):
        desk.goto(f"/admin/charter/{version}/{step}/")
        sofie.submit()
    nadia.submit("#reply-form")
    assert "/charter/accept/" in nadia.page.url
    nadia.look()
    nadia.accept_charter()
    nadia.sees("Your text is here again")
    nadia.page.locator("#reply-form").scroll_into_view_if_needed()
    expect(nadia.page.locator("#reply-form [contenteditable=true]")).to_contain_text(
        "Written before the charter changed."
    )


def test_without_scripts_one_joins_starts_a_topic_and_replies(person, mail):
    plain = person(scripts=False)
    page = plain.page
    sign_up(plain, "Jean Sansscript", "jean@demo.example")
    confirm(plain, mail, "jean@demo.example")
    group = "/groups/logiciels-libres-opensource/"
    page.goto(f"{group}join/")
    plain.submit()
    page.goto(f"{group}topics/new/")
    page.fill("#id_title", "A question without any script")
    plain.write("First paragraph.\n\nSecond paragraph.")
    plain.submit()
    assert "/topics/" in page.url
    topic = page.url.partition("?")[0].partition("#")[0]
    # The worker releases it: no script counts down.
    expect_reload(page, topic, "#reply-form textarea[name=body]")
    assert page.locator("main .prose p").count() >= 2
    plain.write("And a reply.", within="#reply-form")
    plain.submit("#reply-form")
    expect_reload(page, topic, "#reply-1")
    assert "And a reply." in page.locator("#reply-1").inner_text()


def expect_reload(page, address, selector, tries=40):
    """Reload until it is there, as somebody without scripts does."""
    for _ in range(tries):
        page.goto(address)
        if page.locator(selector).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{selector} never came on {address}")
