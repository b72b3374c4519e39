"""A whole blog as files: Markdown with what is known of each post above it, or as WordPress exchanges blogs."""

import re
import shutil
import zipfile
from datetime import UTC
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

import yaml
from django.conf import settings
from django.utils import timezone

from ..models import Blog
from .addresses import key_of
from .markdown import to_markdown
from .querysets import files_of, posts_to_take_along

_FILE = re.compile(r'(?P<attribute>src|href)="/files/(?P<key>\d+)/(?P<name>[^"]*)"')
# The same in Markdown and in the HTML that stands in it.
_ADDRESS = re.compile(r'(?P<before>\]\(|(?:src|href)=")/files/(?P<key>\d+)/(?P<name>[^)"\s]*)')
# What XML can't hold at all.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def write_markdown(member, file):
    """Write a zip: one Markdown file a post (drafts apart), the files that they show, the blog's presentation."""
    blog = Blog.objects.of(member)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if blog is None:
            return
        archive.writestr("blog.yaml", _yaml(_presentation(blog)))
        taken = set()
        for post in posts_to_take_along(blog):
            archive.writestr(_path(post, taken), f"---\n{_yaml(front_matter(post))}---\n\n{_body(post)}\n")
        for attachment in files_of(blog):
            _copy(archive, f"files/{attachment.pk}-{attachment.name}", attachment.file)


def _presentation(blog):
    return {
        "title": blog.title,
        "description": blog.description,
        "languages": list(blog.languages),
        "visibility": blog.visibility,
        "tags": [tag.name for tag in blog.tags.all()],
    }


def _yaml(words):
    return yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=1000)


def _path(post, taken):
    folder = "posts" if is_out(post) else "drafts"
    path = f"{folder}/{post.slug or post.pk}.md"
    path = path if path not in taken else f"{folder}/{post.slug}-{post.pk}.md"
    taken.add(path)
    return path


def is_out(post):
    """Do readers see it? What was never released, or was taken down, travels as a draft."""
    return post.released_at is not None and post.moderation == post.Moderation.CLEAR


def front_matter(post):
    """What is known of a post beside its text; only what there is."""
    known = {
        "title": post.title,
        "id": key_of(post),
        "slug": post.slug,
        "date": post.released_at.astimezone(UTC).isoformat() if post.released_at else None,
        "draft": not is_out(post) or None,
        "language": post.language,
        "tags": [tag.name for tag in post.tags.all()],
        "summary": post.summary,
        "audience": post.audience,
        "audience_group": post.audience_space.slug if post.audience_space else None,
        "capacity": post.capacity,
        "institution": post.institution.slug if post.institution else None,
        "replies_open": post.replies_open,
        "series": post.series,
        "cover": f"../files/{post.cover_id}-{post.cover.name}" if post.cover else None,
        "cover_alt": post.cover.alt if post.cover else None,
        "corrections": [
            {
                "date": edit.edited_at.astimezone(UTC).isoformat(),
                "reason": edit.reason,
                "changes_the_meaning": edit.substantive,
            }
            for edit in post.edits.all()
        ],
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def _body(post):
    return _ADDRESS.sub(r"\g<before>../files/\g<key>-\g<name>", to_markdown(post.body))


def _copy(archive, path, stored):
    try:
        source = stored.open("rb")
    except FileNotFoundError:
        # The row outlived its file: the rest of the blog is still owed.
        return
    with source, archive.open(path, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target)


def write_wordpress(member, file):
    """Write a zip: the blog as WordPress exchanges it (WXR 1.2), and the files that its posts show."""
    blog = Blog.objects.of(member)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if blog is None:
            return
        with archive.open("blog.xml", "w", force_zip64=True) as target:
            for line in _wordpress_lines(blog):
                target.write(f"{line}\n".encode())
        for attachment in files_of(blog):
            _copy(archive, f"files/{attachment.pk}/{attachment.name}", attachment.file)


def _text(name, value):
    return f"<{name}>{escape(_NOT_XML.sub('', str(value)))}</{name}>"


def _data(name, value):
    words = _NOT_XML.sub("", str(value)).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{words}]]></{name}>"


def _wordpress_lines(blog):
    spaces = " ".join(f"xmlns:{name}={quoteattr(address)}" for name, address in NAMESPACES.items())
    address = f"{settings.BASE_URL}{blog.get_absolute_url()}"
    yield '<?xml version="1.0" encoding="UTF-8" ?>'
    yield f'<rss version="2.0" {spaces}>'
    yield "<channel>"
    yield _text("title", blog.title)
    yield _text("link", address)
    yield _text("description", blog.description)
    yield _text("pubDate", format_datetime(timezone.now()))
    yield _text("language", blog.languages[0] if blog.languages else blog.owner.language)
    yield _text("wp:wxr_version", "1.2")
    yield _text("wp:base_site_url", settings.BASE_URL)
    yield _text("wp:base_blog_url", address)
    yield "<wp:author>"
    yield _text("wp:author_id", blog.owner_id)
    yield _data("wp:author_login", blog.owner.handle)
    yield _data("wp:author_display_name", blog.owner.name)
    yield "</wp:author>"
    for post in posts_to_take_along(blog):
        yield from _wordpress_item(post, blog.owner.handle)
    yield "</channel>"
    yield "</rss>"


def _wordpress_item(post, author):
    moment = (post.released_at or post.created_at).astimezone(UTC)
    body = _FILE.sub(_absolute, post.body)
    yield "<item>"
    yield _text("title", post.title)
    yield _text("link", f"{settings.BASE_URL}{post.get_absolute_url()}")
    yield _text("pubDate", format_datetime(moment))
    yield _data("dc:creator", author)
    yield f'<guid isPermaLink="true">{escape(key_of(post))}</guid>'
    yield _text("description", "")
    yield _data("content:encoded", body)
    yield _data("excerpt:encoded", post.summary)
    yield _text("wp:post_id", post.pk)
    for name in ("wp:post_date", "wp:post_date_gmt"):
        yield _data(name, f"{moment:%Y-%m-%d %H:%M:%S}")
    yield _data("wp:comment_status", "open" if post.replies_open else "closed")
    yield _data("wp:post_name", post.slug)
    yield _data("wp:status", "publish" if is_out(post) else "draft")
    yield _data("wp:post_type", "post")
    for tag in post.tags.all():
        yield f'<category domain="post_tag" nicename={quoteattr(tag.slug)}><![CDATA[{tag.name}]]></category>'
    known = front_matter(post)
    for name in ("language", "audience", "audience_group", "capacity", "institution", "date", "series"):
        if name in known:
            yield "<wp:postmeta>"
            yield _data("wp:meta_key", f"boucle_{name}")
            yield _data("wp:meta_value", known[name])
            yield "</wp:postmeta>"
    yield "</item>"


def _absolute(found):
    return f'{found["attribute"]}="{settings.BASE_URL}/files/{found["key"]}/{found["name"]}"'
