from wagtail import hooks

from .viewsets import CharterVersionViewSet


@hooks.register("register_admin_viewset")
def register_viewset():
    return CharterVersionViewSet("charter_versions", url_prefix="charter")
