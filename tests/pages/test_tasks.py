"""What the scheduler does for pages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from network.core.schedule import jobs
from network.pages import tasks
from network.pages.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


def _home():
    return HomePage.objects.get(locale__language_code="en")


def test_a_page_with_a_date_is_published_when_it_comes(client, monkeypatch):
    page = _home().add_child(instance=StandardPage(title="Summer hours", slug="summer-hours", live=False))
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    tasks.publish_scheduled_pages()
    assert client.get("/en/summer-hours/").status_code == 404

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    tasks.publish_scheduled_pages()

    assert client.get("/en/summer-hours/").status_code == 200


def test_the_pages_that_the_site_was_made_with_can_be_searched_for():
    tasks.rebuild_pages_index()

    assert [page.slug for page in Page.objects.search("Accessibility")][:1] == ["accessibility"]


def test_the_scheduler_knows_both():
    names = {job.name for job in jobs()}

    assert {"network.pages.tasks.publish_scheduled_pages", "network.pages.tasks.rebuild_pages_index"} <= names
