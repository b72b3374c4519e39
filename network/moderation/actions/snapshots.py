"""What stands somewhere at a moment, kept for those who decide on it later."""

from django.utils import timezone

from ..querysets import owner_of


def snapshot_of(case):
    """What stands there now, as a dictionary for JSON: title, body (HTML), text, author, space, url, edited_at."""
    if case.contribution:
        return _contribution_snapshot(case.contribution)
    if case.space:
        space = case.space
        return _snapshot(space.title, space.description, owner_of(space), space, space.get_absolute_url())
    member = case.member
    text = "\n".join([member.job_title, member.bio, *member.links]).strip()
    return _snapshot(member.name, text, member, None, member.get_absolute_url())


def _contribution_snapshot(contribution):
    root = contribution.root or contribution
    snapshot = _snapshot(
        root.title,
        contribution.body_text,
        contribution.author,
        contribution.space,
        contribution.get_absolute_url(),
    )
    edited_at = contribution.edited_at
    return snapshot | {
        "kind": contribution.kind,
        "language": contribution.language,
        "body": contribution.body,
        "edited_at": edited_at.isoformat() if edited_at else None,
    }


def _snapshot(title, text, author, space, url):
    return {
        "title": title,
        "body": "",
        "text": text,
        "author": author.name if author else "",
        "space": space.title if space else "",
        "url": url,
        "edited_at": None,
        "taken_at": timezone.now().isoformat(),
    }
