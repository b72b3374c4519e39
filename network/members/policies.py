"""Who may open what in the administration. Wagtail's own policies say yes to every superuser; these don't."""

from wagtail.permission_policies import BasePermissionPolicy

from .models import Member


class RolePolicy(BasePermissionPolicy):
    """Lets do `actions` ("add", "change", "delete", "view"), and no others, whoever `answer` says yes to.

    `answer` is a permission: a function of a member that returns an `Answer`.
    """

    def __init__(self, model, answer, actions=("view",)):
        super().__init__(model)
        self.answer = answer
        self.actions = frozenset(actions)

    def user_has_permission(self, user, action):
        return action in self.actions and bool(self.answer(user))

    def users_with_any_permission(self, actions):
        """Nobody is told of work to do by this way: the administration's home says it."""
        return Member.objects.none()


class SuperusersOnly(BasePermissionPolicy):
    """For what only whoever installs the site should touch."""

    def user_has_permission(self, user, action):
        return user.is_superuser and user.is_verified

    def users_with_any_permission(self, actions):
        return Member.objects.filter(is_superuser=True, status="active")
