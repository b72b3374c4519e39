"""Taking the file of a case out of the site."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from network.core.answers import require
from network.core.refusals import Refused

from ..dossier import dossier_of
from ..permissions import can_export_case
from .records import lock_case, record_event


@transaction.atomic
def export_case(case, *, actor, reason, language):
    """The file of a case as one HTML document, for a legal request; who took it, and for what, is written down.

    Raises Refused without a reason.
    """
    case = lock_case(case)
    require(can_export_case(actor, case))
    if not reason.strip():
        raise Refused(_("Say which request this is for."))
    record_event(case, actor, "exported", reason=reason.strip())
    return dossier_of(case, actor=actor, reason=reason.strip(), language=language)
