"""One post of a file becomes a post of the blog."""

import posixpath

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from network.conversation.actions import save_draft
from network.conversation.actions.importing import release_imported
from network.conversation.actions.writing import LONGEST_BODY, TAKEN_SLUGS
from network.conversation.attachments import add_attachment
from network.conversation.models import Contribution, Space
from network.conversation.permissions import can_speak_for
from network.conversation.querysets import spaces_of
from network.core.editor import clean_html, to_plain_text
from network.core.refusals import Refused
from network.members.models import Institution
from network.tags.models import normalise

from ...models import Post
from ..addresses import own_number
from ..markdown import as_written, html_of
from ..models import ImportedPost, ImportItem

LONGEST_TITLE, LONGEST_SUMMARY = 160, 300
Audience, Capacity = Contribution.Audience, Contribution.Capacity
_PARSER = "html.parser"
# What other editors call what ours makes.
_OUR_NAMES = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "figcaption": "p"}


def known_positions(blog, entries):
    """Which of these entries are in the blog already, or stand in the file before, by their places in the list."""
    known, numbers = set(), set()
    if blog:
        keys = [entry.key for entry in entries]
        known = set(ImportedPost.objects.filter(blog=blog, key__in=keys).values_list("key", flat=True))
        numbers = set(
            Post.objects.filter(
                space=blog, pk__in=filter(None, (own_number(entry.source) for entry in entries))
            ).values_list("pk", flat=True)
        )
    found = set()
    for position, entry in enumerate(entries):
        if entry.key in known or own_number(entry.source) in numbers:
            found.add(position)
        known.add(entry.key)
    return found


def prepare(entry, member):
    """Settle what can be said without changing anything: what is cut, what becomes a draft, and what is refused.

    The file's own words are kept in the entry, tidied. Safe to repeat.
    """
    if entry.refusal:
        return
    if entry.is_markdown:
        entry.body, entry.is_markdown = html_of(entry.body), False
    words = to_plain_text(clean_html(entry.body))
    if len(entry.body) > LONGEST_BODY:
        entry.refusal = "too_long"
        return
    if not entry.title:
        entry.note("no_title")
        with override(member.language):
            entry.title = words[:60].strip() or _("Untitled")
    if len(entry.title) > LONGEST_TITLE:
        entry.note("long_title")
        entry.title = entry.title[: LONGEST_TITLE - 1].rstrip() + "…"
    if len(entry.summary) > LONGEST_SUMMARY:
        entry.note("long_summary")
        entry.summary = entry.summary[: LONGEST_SUMMARY - 1].rstrip() + "…"
    if entry.published_at and entry.published_at > timezone.now():
        entry.become_draft("future")
    if entry.published_at and not words and "<img" not in entry.body:
        entry.become_draft("empty")
    _settle_audience(entry, member)
    _settle_capacity(entry, member)


def _settle_audience(entry, member):
    if entry.audience == Audience.GROUP and _group(entry, member) is None:
        entry.audience = Audience.NETWORK
        entry.become_draft("group_unknown")
    elif entry.audience not in Audience.values:
        entry.audience = Audience.NETWORK


def _group(entry, member):
    return Space.objects.groups().filter(pk__in=spaces_of(member), slug=entry.group).first()


def _institution(entry):
    return Institution.objects.filter(slug=entry.institution).first()


def _settle_capacity(entry, member):
    if entry.institution:
        institution = _institution(entry)
        if institution is None or not can_speak_for(member, institution):
            entry.institution = ""
            entry.become_draft("capacity")


@transaction.atomic
def take_in(batch, blog, item, entry, folder):
    """Make the post, under its old date, and remember its key; nothing where the key is known by now."""
    # One after the other in one blog, so that no address and no key is given twice.
    Space.objects.select_for_update().get(pk=blog.pk)
    if known_positions(blog, [entry]):
        ImportItem.objects.filter(pk=item.pk).update(outcome=ImportItem.Outcome.KNOWN, notes=[])
        return None
    member = batch.member
    post = _post_of(entry, batch, blog)
    post.body = _with_files(entry, member, folder)
    _take_cover(post, entry, member, folder)
    save_draft(post, actor=member, tag_names=entry.tags)
    if entry.published_at:
        release_imported(post, actor=member, at=entry.published_at)
    ImportedPost.objects.create(blog=blog, key=entry.key, post=post)
    ImportItem.objects.filter(pk=item.pk).update(
        outcome=ImportItem.Outcome.DONE, notes=entry.notes, post=post
    )
    return post


def _post_of(entry, batch, blog):
    languages = blog.languages or [batch.member.language]
    post = Post(
        kind=Contribution.Kind.POST,
        space=blog.space_ptr,
        author=batch.member,
        title=entry.title,
        summary=entry.summary,
        language=entry.language or languages[0],
        slug=_free_slug(entry, blog),
        series=entry.series[:120],
        replies_open=entry.replies_open,
        # What the file says is meant for fewer stays so; what was open to the web is opened by choice alone.
        audience=entry.audience or batch.audience,
    )
    if entry.audience == Audience.GROUP:
        post.audience_space = _group(entry, batch.member)
    if entry.institution:
        post.capacity, post.institution = Capacity.INSTITUTION, _institution(entry)
    return post


def _free_slug(entry, blog):
    wanted = slugify(normalise(entry.slug or entry.title))[:100].strip("-") or "post"
    taken = TAKEN_SLUGS | set(
        Contribution.objects.filter(space=blog, slug__startswith=wanted).values_list("slug", flat=True)
    )
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    if slug != wanted:
        entry.note("address_taken")
    return slug


def _with_files(entry, member, folder):
    """The text with what the file holds as files of the site, and what it doesn't as links."""
    soup = BeautifulSoup(entry.body, _PARSER)
    for theirs in soup.find_all(list(_OUR_NAMES)):
        theirs.name = _OUR_NAMES[theirs.name]
    kept = {}
    for picture in soup.find_all("img"):
        address = picture.get("src") or ""
        attachment = _keep(entry, member, folder, address, kept, alt=picture.get("alt") or "")
        if attachment:
            picture["src"] = attachment.get_absolute_url()
        elif address.startswith(("http://", "https://")):
            entry.note("pictures_elsewhere")
            link = soup.new_tag("a", href=address)
            link.string = picture.get("alt") or address
            picture.replace_with(link)
        else:
            entry.note("files_refused")
            picture.decompose()
    for link in soup.find_all("a", href=True):
        if attachment := _keep(entry, member, folder, link["href"], kept):
            link["href"] = attachment.get_absolute_url()
    return as_written(soup)


def _keep(entry, member, folder, address, kept, alt=""):
    """The file that an address means, kept for the member; None where there is none that the site takes."""
    path = folder.find(address, entry.folder)
    if path is None:
        return None
    if path not in kept:
        kept[path] = None
        content = folder.read(path, 20 * 1024 * 1024)
        try:
            sent = SimpleUploadedFile(_plain_name(path), content or b"")
            kept[path] = add_attachment(sent, actor=member, alt=alt)
        except Refused:
            entry.note("files_refused")
    return kept[path]


def _plain_name(path):
    """The name without the number that an export puts before it."""
    name = posixpath.basename(path)
    number, _dash, rest = name.partition("-")
    return rest if number.isdigit() and rest else name


def _take_cover(post, entry, member, folder):
    if entry.cover:
        cover = _keep(entry, member, folder, entry.cover, {}, alt=entry.cover_alt)
        if cover and cover.is_image:
            post.cover = cover
