"""Members' files: what they really are, what is kept of them, how they are handed out."""

import re
from pathlib import PurePath

import filetype
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.pictures import as_webp, open_upright
from network.core.refusals import Refused

from .models import Attachment
from .permissions import can_upload

IMAGE_TYPES = {"image/jpeg", "image/png", "image/webp", "image/gif"}
# What a signature says, and the ending that the file is given.
DOCUMENT_TYPES = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
LARGEST_SIDE = 1600


def add_attachment(sent, *, actor, alt="", pictures_only=False):
    """Keep an uploaded file for its owner: checked by content, pictures re-encoded without their metadata.

    It is seen by its owner alone until a text that shows it is saved. Raises Refused, with a sentence for
    the owner, for what is too large, of another type, or not what it claims.
    """
    require(can_upload(actor))
    if sent.size > settings.ATTACHMENT_MAX_BYTES:
        raise Refused(
            _("This file is too large: %(most)s MB at most.")
            % {"most": settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)}
        )
    head = sent.read(8192)
    sent.seek(0)
    kind = filetype.guess(head)
    mime = kind.mime if kind else ""
    attachment = Attachment(owner=actor, alt=alt.strip()[:300])
    if mime in IMAGE_TYPES:
        picture = open_upright(sent)
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        attachment.width, attachment.height = picture.size
        content = ContentFile(as_webp(picture))
        attachment.content_type, ending = "image/webp", ".webp"
    elif pictures_only:
        raise Refused(_("This file is no picture that we can read: JPEG, PNG or WebP, please."))
    elif mime in DOCUMENT_TYPES:
        content = ContentFile(sent.read())
        attachment.content_type, ending = mime, DOCUMENT_TYPES[mime]
    else:
        raise Refused(
            _("Pictures (JPEG, PNG, WebP, GIF), PDF and office documents can be added, nothing else.")
        )
    attachment.name = safe_name(sent.name, ending)
    attachment.size = content.size
    attachment.file.save(attachment.name, content, save=False)
    attachment.save()
    return attachment


def append_file(contribution, sent, *, actor):
    """Keep a file that was sent along with a text, if there is one, and link it at the end of the words.

    Refused like `add_attachment`.
    """
    if sent is None:
        return
    attachment = add_attachment(sent, actor=actor)
    contribution.body += format_html(
        '<p><a href="{}">{}</a> ({})</p>',
        attachment.get_absolute_url(),
        attachment.name,
        filesizeformat(attachment.size),
    )


def safe_name(name, ending):
    """A file name of letters, digits and dashes, with the ending that its content has."""
    stem = re.sub(r"[^\w-]+", "-", PurePath(name or "file").stem).strip("-_")[:80]
    return f"{stem or 'file'}{ending}"


def response_for(attachment):
    """The file itself. Only pictures and PDF are shown in the browser; nothing in it may run."""
    shown = attachment.is_image or attachment.content_type == "application/pdf"
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=not shown,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
