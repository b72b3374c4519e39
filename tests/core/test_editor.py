"""What members write is cleaned to what the editor can make, whatever was sent."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.editor import clean_html, from_plain_text, to_plain_text

TAGS = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "hr", "img", "li", "ol", "p", "pre", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    *("aside", "figure", "figcaption"),
}
ATTRIBUTES = {
    ("a", "href"),
    ("a", "rel"),
    ("a", "title"),
    ("img", "alt"),
    ("img", "height"),
    ("img", "src"),
    ("img", "width"),
    ("ol", "start"),
    ("td", "colspan"),
    ("td", "rowspan"),
    ("th", "colspan"),
    ("th", "rowspan"),
}
SCHEMES = ("http:", "https:", "mailto:")
OWN_PICTURE = '<p><img src="/files/12/a-cat.webp" alt="A cat" width="640" height="480"></p>'

PIECES = st.sampled_from(
    [
        *("<aside class=x>", "</aside>", "<figure>", "</figure>", "<figcaption style='x'>", "</figcaption>"),
        *(
            "<p>",
            "</p>",
            "<h1>",
            "<h2>",
            "</h2>",
            "<ul><li>",
            "</li></ul>",
            "<table><tr><td>",
            "</table>",
            "<pre>\n\n",
        ),
        *(
            "<a href='javascript:alert(1)'>",
            "<a href=' jAvAsCrIpT:alert(1)'>",
            "<a href='data:text/html,x'>",
            "</a>",
        ),
        *(
            "<a href='https://example.org' style='x' class='y' target='_blank' onclick='z'>",
            "<a href='//evil.example'>",
        ),
        *("<img src=x onerror=alert(1)>", "<img src='https://evil.example/p.png' alt='/files/1/a.webp'>"),
        *("<img alt='> src=\"/files/1/a.webp\"' src='https://evil.example/p.png'>", OWN_PICTURE),
        *(
            "<img src='/files/1/..' alt=x>",
            "<img src='/files/1/%2e%2e/x.png'>",
            "<img src='data:image/png;base64,AA'>",
        ),
        *(
            "<svg onload=alert(1)>",
            "</svg>",
            "<math><mi>",
            "<style>p{color:red}</style>",
            "<script>alert(1)</script>",
        ),
        *(
            "<iframe src='https://evil.example'>",
            "<form><input name=q>",
            "<template><p>",
            "<noscript>",
            "<!-- -->",
        ),
        *(
            "<ol start='x' type='a'>",
            "<td colspan='9999999'>",
            "<p style='position:fixed' id='main' class='x'>",
        ),
        *("words", " ", "&lt;b&gt;", "&amp;", "<", ">", '"', "\u00a0", "\n", "é"),
    ]
)
MARKUP = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join))


class _Reader(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.found = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, attributes))

    def handle_comment(self, data):
        self.found.append(("comment", []))

    def handle_decl(self, data):
        self.found.append(("declaration", []))


@given(MARKUP)
def test_cleaning_twice_changes_nothing(markup):
    cleaned = clean_html(markup)
    assert clean_html(cleaned) == cleaned


@given(MARKUP)
def test_nothing_outside_the_allow_list_passes(markup):
    for tag, attributes in _Reader(clean_html(markup)).found:
        assert tag in TAGS
        for name, value in attributes:
            assert (tag, name) in ATTRIBUTES
            if name == "href" and ":" in value.split("/")[0]:
                assert value.lower().startswith(SCHEMES)
            if name == "src":
                assert re.fullmatch(r"/files/\d+/[^/?#.]+\.\w+", value)
        if tag == "img":
            assert dict(attributes).get("src")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_plain_text_keeps_every_word(text):
    assert to_plain_text(from_plain_text(text), " ").split() == text.split()


def test_what_the_editor_makes_is_kept():
    made = (
        "<h2>Title</h2><h3>Less</h3><p><strong>a</strong> <em>b</em> <code>c</code><br>d</p>"
        '<ul><li><p>one</p></li></ul><ol start="3"><li><p>three</p></li></ol><blockquote><p>said</p></blockquote>'
        '<pre><code>x = 1</code></pre><hr><p><a href="https://example.org/a?b=1">link</a></p>'
        '<table><tbody><tr><th colspan="1" rowspan="1"><p>h</p></th><td><p>v</p></td></tr></tbody></table>'
        "<aside><p>Mind the step.</p></aside>"
        '<figure><img src="/files/12/a-cat.webp" alt="A cat"><figcaption>By <em>Els</em></figcaption></figure>'
        '<p><a href="/files/13/report.pdf">report.pdf</a></p>' + OWN_PICTURE
    )
    assert clean_html(made) == made
    assert to_plain_text("<aside><p>Mind.</p></aside><p>Go.</p>") == "Mind.\nGo."


@pytest.mark.parametrize(
    "source",
    [
        "https://evil.example/pixel.png",
        "//evil.example/files/1/a.png",
        "/files/1/../../accounts/logout",
        "/files/1/%2e%2e/a.png",
        "/media/photo.png",
        "data:image/svg+xml,x",
        "javascript:alert(1)",
        "/files/1/a.png?next=/",
    ],
)
def test_pictures_come_from_the_sites_own_files_alone(source):
    assert clean_html(f'<p>a<img src="{source}" alt="b"></p>') == "<p>a</p>"


def test_a_picture_may_speak_of_anything_in_its_description():
    picture = '<p><img src="/files/1/a.webp" alt="5 &gt; 3 and &quot;src&quot;"></p>'
    assert clean_html(picture) == picture


def test_names_of_files_with_accents_are_kept():
    picture = '<p><img src="/files/1/%C3%A9t%C3%A9-2026.webp" alt="x"></p>'
    assert clean_html(picture) == picture


def test_an_empty_paragraph_is_nothing():
    assert clean_html("<p></p>") == clean_html('<p><img src="https://evil.example/a.png"></p>') == ""
