"""The addresses of the site. Member content has one address whatever the language; pages have one a language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from groups.views.feeds import feeds as secret_feeds
from network.core import views as core
from network.discovery.views import home
from network.members.views import admin_login
from network.pages import views as pages

urlpatterns = [
    path("", home, name="home"),
    path("health/", core.health, name="health"),
    path("language/", core.language, name="language"),
    path("manifest.webmanifest", core.manifest, name="manifest"),
    path("service-worker.js", core.service_worker, name="service_worker"),
    path("offline/", core.offline, name="offline"),
    path("accounts/", include("network.members.urls.accounts")),
    path("accounts/", include("allauth.urls")),
    path("me/", include("network.members.urls.me")),
    path("me/blog/import/", include("blogs.transfer.urls")),
    path("members/", include("network.members.urls.portraits")),
    path("charter/", include("network.charter.urls")),
    path("charter/", include("network.moderation.publicity.urls")),
    path("", include("network.discovery.urls")),
    path("", include("network.conversation.urls")),
    path("", include("network.moderation.urls")),
    path("notifications/", include("network.notifications.urls")),
    path("groups/", include("groups.urls")),
    path("me/feeds/", secret_feeds, name="secret_feeds"),
    path("", include("blogs.urls")),
    # Before Wagtail's own: its login would be a door without the second factor.
    path("admin/login/", admin_login, name="wagtailadmin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", pages.media, name="media"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", pages.sitemap, name="sitemap_section"),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", core.styleguide, name="styleguide"))

urlpatterns += i18n_patterns(path("", include("network.pages.urls")))

handler400 = "network.core.views.bad_request"
handler403 = "network.core.views.forbidden"
