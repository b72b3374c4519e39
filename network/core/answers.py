"""What a permission says."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why not.

    `reason` is a translated sentence for the person who asked. `hidden` says that even the existence of
    the thing is not to be told: the site answers 404 instead of 403.
    """

    allowed: bool
    reason: str | Promise = ""
    hidden: bool = False

    def __bool__(self):
        return self.allowed


YES = Answer(True)
HIDDEN = Answer(False, hidden=True)


def no(reason):
    """A refusal that may be explained."""
    return Answer(False, reason)


def require(answer):
    """Let pass what is allowed; raise Http404 (hidden) or PermissionDenied (with the reason) otherwise."""
    if not answer:
        if answer.hidden:
            raise Http404
        raise PermissionDenied(answer.reason)
