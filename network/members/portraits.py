"""From the file that a member sends to the portrait that the site keeps."""

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from network.core.pictures import as_webp, on_white, open_upright
from network.core.refusals import Refused

SIDE = 512
FORMATS = ("JPEG", "PNG", "WEBP")


def portrait_from(file):
    """A square WebP picture of at most 512 pixels, without anything that the camera wrote into it.

    Raises Refused where it is no picture, or one too large to be read safely.
    """
    if file.size > settings.ATTACHMENT_MAX_BYTES:
        raise Refused(_("This picture is too large: at most 10 MB, please."))
    picture = on_white(open_upright(file, formats=FORMATS))
    side = min(SIDE, *picture.size)
    return as_webp(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS))
