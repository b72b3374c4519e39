"""What changes the charter, and who accepted it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.audit import record
from network.core.models import Language
from network.core.refusals import Refused

from .digests import digest, digest_in
from .models import REQUIRED_LANGUAGES, Acceptance, Article, ArticleText, CharterText, CharterVersion
from .permissions import (
    can_accept_charter,
    can_announce_version,
    can_edit_version,
    can_export_acceptances,
    can_manage_charter,
    can_publish_version,
    can_put_in_force,
)


@transaction.atomic
def draft_version(*, actor):
    """Begin a new version as a copy of the one in force (or empty, before the first), and return it.

    There is one draft at a time: where one is under way, it is returned.
    """
    require(can_manage_charter(actor))
    draft = CharterVersion.objects.select_for_update().filter(state="draft").first()
    if draft:
        return draft
    last = CharterVersion.objects.aggregate(last=Max("number"))["last"] or 0
    draft = CharterVersion.objects.create(number=last + 1)
    model = CharterVersion.objects.with_words().in_force()
    if model:
        _write(draft, _words(model))
    record(actor, "draft_version", draft, model=model.number if model else None)
    return draft


def _words(version):
    """The words of a version, as `edit_version` takes them."""
    return {
        "texts": {
            text.language: {"title": text.title, "preamble": text.preamble} for text in version.texts.all()
        },
        "articles": [
            {
                "code": article.code,
                "gravity": article.gravity,
                "texts": {
                    text.language: {
                        "title": text.title,
                        "text": text.text,
                        "may": text.may,
                        "may_not": text.may_not,
                    }
                    for text in article.texts.all()
                },
            }
            for article in version.articles.all()
        ],
    }


def _write(version, words):
    version.texts.all().delete()
    version.articles.all().delete()
    CharterText.objects.bulk_create(
        CharterText(version=version, language=language, **text) for language, text in words["texts"].items()
    )
    articles = Article.objects.bulk_create(
        Article(version=version, code=article["code"], gravity=article["gravity"], number=number)
        for number, article in enumerate(words["articles"], start=1)
    )
    ArticleText.objects.bulk_create(
        ArticleText(article=row, language=language, **text)
        for row, article in zip(articles, words["articles"], strict=True)
        for language, text in article["texts"].items()
    )


@transaction.atomic
def edit_version(version, *, actor, words):
    """Give a draft these words: `texts` (by language: title, preamble) and `articles`, in their order.

    An article has a `code`, a `gravity` and `texts` (by language: title, text, may, may_not). What is left
    out is removed.
    """
    locked = CharterVersion.objects.select_for_update().get(pk=version.pk)
    require(can_edit_version(actor, locked))
    codes = [article["code"] for article in words["articles"]]
    if len(codes) != len(set(codes)):
        raise Refused(_("Two articles have the same code."))
    _write(locked, words)
    record(actor, "edit_version", locked)
    return locked


@transaction.atomic
def publish_version(version, *, actor):
    """Make a draft public and unchangeable, under its digest. It binds nobody yet.

    Raises Refused where French or Dutch is incomplete, or English begun but not finished.
    """
    locked = CharterVersion.objects.select_for_update().get(pk=version.pk)
    require(can_publish_version(actor, locked))
    whole = CharterVersion.objects.with_words().get(pk=locked.pk)
    _require_complete(whole)
    locked.digest = digest(whole)
    locked.published_at = timezone.now()
    locked.state = CharterVersion.State.PUBLISHED
    locked.save(update_fields=["digest", "published_at", "state"])
    record(actor, "publish_version", locked, digest=locked.digest)
    return locked


def _require_complete(version):
    for language in REQUIRED_LANGUAGES:
        if not version.is_complete_in(language):
            raise Refused(
                _("The text in %(language)s is not complete: title, preamble and every article are needed.")
                % {"language": language.label}
            )
    begun = any(text.language == Language.EN for text in version.texts.all())
    if begun and not version.is_complete_in(Language.EN):
        raise Refused(_("The English text is begun but not complete: finish it, or leave it out."))


@transaction.atomic
def put_in_force(version, *, actor, grace_until=None):
    """Let a published version bind members from now on, in the place of the one before.

    Everybody has to accept it before going on; with `grace_until`, whoever accepted the one before may go
    on until then, with a banner. Putting in force what is in force changes nothing.
    """
    # Whoever puts a version in force locks them all, so that two can't do so at once.
    versions = {row.pk: row for row in CharterVersion.objects.select_for_update().order_by("pk")}
    locked = versions[version.pk]
    if locked.state == CharterVersion.State.IN_FORCE:
        return locked
    require(can_put_in_force(actor, locked))
    return _enforce(locked, actor, grace_until)


def _enforce(locked, actor, grace_until):
    now = timezone.now()
    CharterVersion.objects.filter(state="in_force").update(state="superseded", superseded_at=now)
    locked.state = CharterVersion.State.IN_FORCE
    locked.in_force_at = now
    locked.grace_until = grace_until
    locked.save(update_fields=["state", "in_force_at", "grace_until"])
    record(
        actor,
        "put_in_force",
        locked,
        number=locked.number,
        grace_until=grace_until.isoformat() if grace_until else None,
    )
    return locked


@transaction.atomic
def announce_version(version, *, actor, at, days=0):
    """Tell members that a published version comes into force at the moment `at`, which then happens by itself.

    With `days`, whoever accepted the one before may go on for so many days after that. Announcing it again
    moves the moment, and everybody is told again. Raises Refused for a moment that is past.
    """
    locked = CharterVersion.objects.select_for_update().get(pk=version.pk)
    require(can_announce_version(actor, locked))
    if at <= timezone.now():
        raise Refused(_("Choose a day to come."))
    if CharterVersion.objects.announced() not in (None, locked):
        raise Refused(_("Another version is announced already: put that one in force first."))
    locked.announced_for = at
    locked.announced_by = actor
    locked.grace_until = at + timedelta(days=days) if days else None
    locked.told_up_to = 0
    locked.save(update_fields=["announced_for", "announced_by", "grace_until", "told_up_to"])
    record(actor, "announce_version", locked, at=at.isoformat(), days=days)
    return locked


@transaction.atomic
def enforce_announced():
    """Put in force what was announced for a day that has come; returns how many versions. Safe to repeat."""
    list(CharterVersion.objects.select_for_update().order_by("pk").values_list("pk"))
    due = list(CharterVersion.objects.due_at(timezone.now()))
    for version in due:
        _enforce(version, None, version.grace_until)
    return len(due)


@transaction.atomic
def export_acceptances(version, *, actor):
    """The acceptances of a version, for the administrator's proof; that they were taken is recorded."""
    require(can_export_acceptances(actor))
    record(actor, "export_acceptances", version)
    return Acceptance.objects.of(version)


@transaction.atomic
def accept_charter(member, version, *, language, digest):
    """Record that the member accepts the version in force, read in `language`; the first time counts.

    `digest` is that of the text as it was shown (`digest_in`). Raises Refused where it isn't the text of
    this version in that language, or the version isn't in force (any more).
    """
    # Locked, so that no other version is put in force meanwhile.
    locked = CharterVersion.objects.with_words().select_for_update().get(pk=version.pk)
    answer = can_accept_charter(member, locked)
    if not answer:
        raise Refused(answer.reason)
    if digest != digest_in(locked, language):
        raise Refused(_("The text that you read is not that of this version. Please read it again."))
    acceptance, _new = Acceptance.objects.get_or_create(
        member=member, version=locked, defaults={"language": language, "digest": digest}
    )
    if member.accepted_charter_id != locked.pk:
        member.accepted_charter = locked
        member.save(update_fields=["accepted_charter"])
    return acceptance
