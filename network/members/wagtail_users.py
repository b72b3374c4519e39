"""Wagtail's administration of users, with our views in the place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "network.members.viewsets.MemberViewSet"
    group_viewset = "network.members.viewsets.RoleViewSet"
