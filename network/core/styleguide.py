"""What the style guide shows the components with: plain objects, no member and no database."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace as Thing

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

BADGES = [
    "official",
    "verified",
    "waiting",
    "moderator",
    "facilitator",
    "owner",
    "newcomer",
    "private",
    "hidden",
    "draft",
    "pinned",
    "locked",
    "question",
    "answered",
    "announcement",
    "archived",
    "edited",
    "removed",
    "awaiting",
    "suspended",
]


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Title", help_text="A sentence that says what it is about.")
    body = forms.CharField(label="Your text", widget=forms.Textarea, required=False)
    language = forms.ChoiceField(
        label="Language", choices=[("fr", "Français"), ("nl", "Nederlands"), ("en", "English")]
    )
    audience = forms.ChoiceField(
        label="Who may read it",
        widget=forms.RadioSelect,
        choices=[("public", "Anyone on the web"), ("network", "Verified members")],
    )
    topics = forms.MultipleChoiceField(
        label="Tell me about",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("replies", "Replies to me"), ("groups", "New topics in my groups")],
    )
    picture = forms.FileField(label="Picture", required=False)
    honest = forms.BooleanField(label="I speak in good faith")


class FaultyForm(ExampleForm):
    """The same form, sent with mistakes in it."""

    def clean(self):
        """Refuse whatever was sent."""
        raise forms.ValidationError("You have already posted this a minute ago.")


def context():
    """Return the style guide's context: one example or more of all that a component can be given."""
    now = timezone.now()
    sprite = (settings.BASE_DIR / "static" / "icons" / "sprite.svg").read_text()
    institution = Thing(display_name="City of Bruges-on-Senne")
    agency = Thing(display_name="Agence régionale de la donnée")
    amina = _member("Amina Diallo", "amina", "Open data officer", institution, verified=True)
    pieter = _member("Pieter van den Broeck", "pieter", "Legal adviser", agency)
    erased = Thing(name="", handle="", is_erased=True, institution=None)
    tags = [_tag("open source"), _tag("marchés publics"), _tag("toegankelijkheid")]
    group = _space("Open source in government", "group", "public")
    return {
        "icons": re.findall(r'<symbol id="([^"]+)"', sprite),
        "badges": BADGES,
        "visibilities": ["public", "network", "private", "hidden"],
        "member": amina,
        "newcomer": Thing(name="Amina Diallo", handle="amina", photo="", photo_url="", contribution_count=0),
        "readings": [
            Thing(chosen=("fr", "nl"), names="Français and Nederlands", wants_all=False),
            Thing(chosen=("fr", "nl"), names="Français and Nederlands", wants_all=True),
        ],
        "other_member": pieter,
        "erased_member": erased,
        "institution": institution,
        "names": ["Amina Diallo", "Pieter van den Broeck", "Sofie Claes", "Jean-Luc Petit", "Ōno"],
        "tags": tags,
        "now": now,
        "earlier": now - timedelta(hours=3),
        "much_earlier": timezone.make_aware(datetime(2024, 2, 29, 9, 30)),
        "form": ExampleForm(prefix="empty"),
        "faulty_form": FaultyForm({"faulty-title": "", "faulty-language": "de"}, prefix="faulty"),
        "tabs": [
            Thing(label="Topics", url="#topics", current=True, count=24),
            Thing(label="Members", url="#members", current=False, count=112),
            Thing(label="About", url="#about", current=False, count=None),
        ],
        "menu_items": [
            Thing(label="Edit", url="#edit", icon="pencil", kind="", method=""),
            Thing(label="Leave", url="#leave", icon="log-out", kind="danger", method="post"),
        ],
        "breadcrumb": [
            Thing(label="Groups", url="/groups/"),
            Thing(label=group.title, url=group.get_absolute_url),
        ],
        "table_headers": ["Month", "Reports", "Decisions", "Median delay"],
        "table_rows": [["January", "14", "12", "9 h"], ["February", "9", "9", "6 h"]],
        "diff": [
            Thing(kind="same", text="The form asks for three documents."),
            Thing(kind="del", text="Send them before the 12th."),
            Thing(kind="ins", text="Send them before the 15th."),
        ],
        "contributions": _contributions(now, group, institution, amina, pieter, erased, tags),
        "replies": _replies(now, institution, amina, pieter, erased),
        "may_all": Thing(
            react=True,
            reply=True,
            bookmark=True,
            edit=True,
            history=True,
            report=True,
            take_back=True,
            accept=True,
        ),
        "may_read": Thing(history=True),
        "reactions": [
            Thing(kind="thanks", label="Thanks", icon="thumbs-up", count=4, mine=True),
            Thing(kind="useful", label="Useful", icon="lightbulb", count=0, mine=False),
        ],
        "groups": _groups(now, tags),
        "article_text": mark_safe(
            "<p>Speak to others as you would across a desk. Criticise ideas, never people.</p>"
        ),
        "articles": [Thing(number=1, title="Respect", url="#respect")],
        "measures": ["The reply is hidden.", "Its author receives a reminder of the charter."],
        "headline": format_html("A <mark>fonctionnaire</mark> asks how others publish their code."),
    }


def _member(name, handle, job_title, institution, *, verified=False):
    return Thing(
        name=name,
        handle=handle,
        job_title=job_title,
        unit="",
        institution=institution,
        photo_url="",
        is_verified=verified,
        is_erased=False,
        get_absolute_url=f"/members/{handle}/",
    )


def _tag(name):
    return Thing(name=name, url=f"#{name.replace(' ', '-')}")


def _space(title, kind, visibility):
    return Thing(title=title, kind=kind, visibility=visibility, get_absolute_url="#space")


def _contribution(**fields):
    defaults = {
        "id": 1,
        "kind": "topic",
        "capacity": "personal",
        "institution": None,
        "language": "en",
        "moderation": "clear",
        "audience": "",
        "reply_count": 0,
        "reaction_count": 0,
        "edited_at": None,
        "get_absolute_url": "/styleguide/",
    }
    return Thing(**defaults | fields)


def _contributions(now, group, institution, amina, pieter, erased, tags):
    closed = _space("Cellule de crise", "group", "private")
    blog = _space("Notes from the counter", "blog", "network")
    return [
        _contribution(
            author=amina,
            space=group,
            title="How do you publish the code of a small municipal service?",
            excerpt="We wrote a queue manager for our counters and would like others to use it. Which "
            "licence did you choose, and who in your institution had to agree?",
            released_at=now - timedelta(minutes=12),
            edited_at=now - timedelta(minutes=2),
            reply_count=7,
            reaction_count=3,
            tag_list_for_display=tags,
            is_question=True,
            is_answered=True,
            pinned=True,
        ),
        _contribution(
            author=pieter,
            capacity="institution",
            institution=institution,
            space=closed,
            title="Nouvelle procédure d'astreinte",
            language="fr",
            excerpt="Elle s'applique à partir de lundi.",
            released_at=now - timedelta(days=2),
            reply_count=1,
            is_announcement=True,
            locked=True,
        ),
        _contribution(
            author=erased,
            kind="post",
            space=blog,
            title="What a year at the counter taught me",
            excerpt="Most questions are not about the form.",
            released_at=now - timedelta(days=40),
            moderation="hidden",
            audience="public",
            tag_list_for_display=tags[:1],
        ),
        _contribution(
            author=pieter,
            kind="reply",
            space=group,
            root=Thing(title="How do you publish the code of a small municipal service?"),
            excerpt="We took the EUPL: our lawyers already knew it.",
            released_at=now - timedelta(hours=5),
        ),
    ]


def _replies(now, institution, amina, pieter, erased):
    body = mark_safe(
        "<p>We took the <strong>EUPL</strong>, because our lawyers already knew it. Two things helped:</p>"
        "<ul><li>a page that says who maintains it;</li><li>a date on which we look again.</li></ul>"
        "<blockquote><p>Publish early, in small pieces.</p></blockquote>"
    )
    return Thing(
        plain=_contribution(
            id=11, author=amina, number=1, body=body, released_at=now - timedelta(hours=5), is_accepted=True
        ),
        institution=_contribution(
            id=12,
            author=pieter,
            number=2,
            capacity="institution",
            institution=institution,
            body=mark_safe("<p>Our position is on our site since Monday.</p>"),
            released_at=now - timedelta(hours=2),
            edited_at=now - timedelta(hours=1),
            parent=Thing(number=1, author=amina),
        ),
        former=_contribution(
            id=13,
            author=erased,
            number=3,
            body=mark_safe("<p>Thank you.</p>"),
            released_at=now - timedelta(days=9),
        ),
        hidden=_contribution(id=14, author=pieter, number=4, moderation="hidden", released_at=now),
        unreleased=_contribution(
            id=15,
            author=amina,
            number=None,
            body=mark_safe("<p>I can send you our template.</p>"),
            released_at=None,
        ),
    )


def _groups(now, tags):
    def group(title, visibility, description, **fields):
        defaults = {
            "title": title,
            "visibility": visibility,
            "description": description,
            "member_count": 48,
            "topic_count": 12,
            "last_activity_at": now - timedelta(hours=4),
            "is_official": False,
            "is_archived": False,
            "tag_list_for_display": tags[:2],
            "get_absolute_url": "#group",
        }
        return Thing(**defaults | fields)

    return [
        group(
            "Open source in government",
            "public",
            "Sharing code, licences and the work of looking after them.",
        ),
        group(
            "Accessibility",
            "network",
            "Forms and sites that everyone can use.",
            is_official=True,
            member_count=1,
        ),
        group("Crisis cell", "private", "For the people on call.", topic_count=None, last_activity_at=None),
    ]
