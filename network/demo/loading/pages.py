"""The site's own pages, in the words of the demonstration: the trees are there since the site was made."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Locale

from network.pages.models import HomePage, NewsIndexPage, NewsPage, SectionPage, StandardPage

from .house import LANGUAGES
from .world import read

TEXTS = ("legal", "privacy", "accessibility")


def fill(world, now):
    """Give every page its words in each language, published by the administrator."""
    data = read("pages")
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for language in LANGUAGES:
        locale = locales[language]
        _fill_home(world, locale, data["home"][language])
        _fill_standard(world, locale, "help", data["help"][language], _questions(data["help"][language]))
        for name in TEXTS:
            text = data[name][language]
            _fill_standard(world, locale, name, text, [("text", text["body"])])
        for kind, texts in data["section"].items():
            _fill_section(world, SectionPage.objects.get(locale=locale, kind=kind), texts[language])
    for news in data["news"]:
        _add_news(world, locales, news, timezone.localdate(now - timedelta(days=news["days_ago"])))


def _publish(world, page):
    page.save_revision(user=world.administrator).publish(user=world.administrator)


def _fill_home(world, locale, texts):
    home = HomePage.objects.get(locale=locale)
    home.hero_title = texts["hero_title"]
    home.hero_text = texts["hero_text"]
    home.action_label = texts["call_to_action"]
    home.seo_title = texts["title"]
    home.search_description = texts["seo_description"]
    _publish(world, home)


def _fill_standard(world, locale, name, texts, body):
    page = StandardPage.objects.get(locale=locale, slug=name)
    page.title = texts["title"]
    page.introduction = texts.get("introduction", page.introduction)
    page.body = body
    _publish(world, page)


def _questions(texts):
    items = [{"title": section["title"], "text": section["body"]} for section in texts["section"]]
    return [("accordion", {"title": "", "items": items})]


def _fill_section(world, page, texts):
    page.title = texts["title"]
    page.introduction = f"<p>{texts['introduction']}</p>"
    page.search_description = texts["seo_description"]
    _publish(world, page)


def _add_news(world, locales, news, day):
    """One piece of news, and its translations."""
    key = None
    for language in LANGUAGES:
        page = NewsPage(
            locale=locales[language],
            title=news[language]["title"],
            slug=news[language]["slug"],
            published_on=day,
            introduction=news[language]["summary"],
            body=[("text", news[language]["body"])],
            **({"translation_key": key} if key else {}),
        )
        NewsIndexPage.objects.get(locale=locales[language]).add_child(instance=page)
        key = page.translation_key
        _publish(world, page)
