"""Where a post stands, in exports: what makes a second import of the same post no second post."""

from django.conf import settings


def key_of(post):
    """The permanent address of a post, which its export carries."""
    return f"{settings.BASE_URL}/contributions/{post.pk}/"


def own_number(key):
    """The primary key of the post of this site that an export's key names, or None."""
    number = key.removeprefix(f"{settings.BASE_URL}/contributions/").removesuffix("/")
    return (
        int(number) if number != key and number.isascii() and number.isdigit() and len(number) < 19 else None
    )
