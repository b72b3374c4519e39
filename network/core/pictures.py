"""Pictures that strangers send: read with care, kept without what the camera wrote into them."""

import io

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 82


def open_upright(file, *, formats=FORMATS):
    """The picture in RGBA, turned as it was meant to be seen.

    What the file is follows from its content, not from its name. Its size is read before its pixels are:
    raises Refused, with a sentence for the sender, for more than `IMAGE_MAX_PIXELS`, and for no picture.
    """
    try:
        picture = Image.open(file, formats=formats)
        if picture.width * picture.height > settings.IMAGE_MAX_PIXELS:
            raise Refused(_("This picture has too many pixels: please make it smaller first."))
        return ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_("This file is no picture that we can read: JPEG, PNG or WebP, please.")) from error


def on_white(picture):
    """The picture without transparency."""
    background = Image.new("RGBA", picture.size, "white")
    background.alpha_composite(picture)
    return background.convert("RGB")


def as_webp(picture):
    """The bytes of the picture as WebP."""
    output = io.BytesIO()
    picture.save(output, "WEBP", quality=QUALITY)
    return output.getvalue()
