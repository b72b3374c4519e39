"""The site opens with pages in its three languages, and the roles that may edit them."""

import json
import tomllib
import uuid
from pathlib import Path

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.utils import timezone

LANGUAGES = ("en", "fr", "nl")
TEXTS = Path(__file__).resolve().parent.parent / "first_pages"
STANDARD = ("help", "legal", "privacy", "accessibility")
SECTIONS = ("groups", "blogs", "members", "tags")
STEP = 4  # length of one step of a path in the tree
EDITING = ("add", "change", "publish", "lock", "unlock")


def _path(parent, number):
    return f"{parent}{number:0{STEP}d}"


class _Tree:
    """Rows of the tree of pages, which the models of a migration can't make by themselves."""

    def __init__(self, apps, texts):
        self.apps = apps
        self.texts = texts
        self.keys = {}
        locales = apps.get_model("wagtailcore", "Locale").objects
        self.locales = {code: locales.get_or_create(language_code=code)[0] for code in LANGUAGES}

    def add(self, model, language, parent, number, slug, **fields):
        content_types = self.apps.get_model("contenttypes", "ContentType").objects
        # The translations of one page share a key.
        key = self.keys.setdefault((model, slug.removesuffix(f"-{language}")), uuid.uuid4())
        now = timezone.now()
        return self.apps.get_model("pages", model).objects.create(
            path=_path(parent.path, number),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            slug=slug,
            locale=self.locales[language],
            translation_key=key,
            content_type=content_types.get_or_create(app_label="pages", model=model.lower())[0],
            draft_title=fields["title"],
            live=True,
            first_published_at=now,
            last_published_at=now,
            **fields,
        )

    def add_language(self, language, root, number):
        """The home page of a language and all that stands under it; returns it."""
        texts = self.texts[language]
        home = self.add(
            "HomePage", language, root, number, f"home-{language}", **_with_body(texts["home"]),
            action_url="/accounts/signup/",
            numchild=len(STANDARD) + 1 + len(SECTIONS),
        )  # fmt: skip
        for place, name in enumerate(STANDARD, 1):
            self.add("StandardPage", language, home, place, name, **_with_body(texts[name]))
        self.add("NewsIndexPage", language, home, len(STANDARD) + 1, "news", **texts["news"])
        for place, kind in enumerate(SECTIONS, len(STANDARD) + 2):
            self.add(
                "SectionPage", language, home, place, f"about-{kind}", kind=kind, featured="[]",
                **texts["sections"][kind],
            )  # fmt: skip
        return home


def _with_body(texts):
    return texts | {"body": json.dumps([{"id": str(uuid.uuid4()), **block} for block in texts["body"]])}


def make_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    tree = _Tree(apps, {code: tomllib.loads((TEXTS / f"{code}.toml").read_text()) for code in LANGUAGES})
    homes = [tree.add_language(code, root, number) for number, code in enumerate(LANGUAGES, 1)]
    Page.objects.filter(pk=root.pk).update(numchild=len(homes))
    Site.objects.create(
        hostname="localhost", port=80, site_name="Boucle", root_page_id=homes[0].pk, is_default_site=True
    )


def open_to_editors(apps, schema_editor):
    from django.apps import apps as live_apps

    for label in (
        "wagtailcore",
        "wagtailimages",
        "wagtaildocs",
        "wagtailredirects",
        "simple_translation",
        "pages",
    ):
        create_permissions(live_apps.get_app_config(label), verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    on_pages = apps.get_model("wagtailcore", "GroupPagePermission").objects
    on_files = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    groups = apps.get_model("auth", "Group").objects

    def permission(app, codename):
        return Permission.objects.get(content_type__app_label=app, codename=codename)

    # Choosing pictures and documents belongs to those who edit pages; the migrations of Wagtail gave it to
    # whoever enters the administration.
    choosing = [permission("wagtailimages", "choose_image"), permission("wagtaildocs", "choose_document")]
    on_files.filter(group__name="moderator", permission__in=choosing).delete()
    for permission_to_choose in choosing:
        groups.get(name="moderator").permissions.remove(permission_to_choose)
    for name in ("editor", "administrator"):
        group = groups.get(name=name)
        for verb in EDITING:
            on_pages.get_or_create(
                group=group, page=root, permission=permission("wagtailcore", f"{verb}_page")
            )
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for verb in ("add", "change", "delete", "choose"):
                on_files.get_or_create(
                    group=group, collection=collection, permission=permission(app, f"{verb}_{model}")
                )
        group.permissions.add(permission("simple_translation", "submit_translation"))
    administrator = groups.get(name="administrator")
    administrator.permissions.add(
        permission("pages", "change_networksettings"),
        *(permission("wagtailredirects", f"{verb}_redirect") for verb in ("add", "change", "delete")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_page_types"),
        ("members", "0003_roles"),
        ("simple_translation", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(open_to_editors, migrations.RunPython.noop),
    ]
