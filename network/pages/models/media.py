from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class EditorialImage(AbstractImage):
    """A picture of the site's own pages. Members' pictures are attachments."""

    admin_form_fields = Image.admin_form_fields


class EditorialRendition(AbstractRendition):
    image = models.ForeignKey(EditorialImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]


class EditorialDocument(AbstractDocument):
    """A document of the site's own pages."""

    admin_form_fields = Document.admin_form_fields
