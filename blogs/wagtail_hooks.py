from wagtail import hooks

from .viewsets import BlogViewSet, PostViewSet


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [BlogViewSet("administration_blogs"), PostViewSet("administration_posts")]
