from wagtail import hooks

from .viewsets import GroupViewSet, ProposalViewSet


@hooks.register("register_admin_viewset")
def register_viewset():
    return [
        GroupViewSet("groups_admin", url_prefix="discussion-groups"),
        ProposalViewSet("proposals_admin", url_prefix="proposed-groups"),
    ]
