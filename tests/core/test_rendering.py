"""Templates are drawn at less cost, and show what Django's own tags would."""

import pytest
from django.template import engines
from django.utils.translation import override


@pytest.fixture
def draw():
    def make(words, **context):
        return engines["django"].from_string(words).render(context).replace("\n", "")

    return make


def test_a_component_sees_what_it_is_given_alone(draw):
    words = '{% include "components/tag.html" with name=name only %}{{ url }}'
    assert draw(words, name="Roads", url="/x/") == '<span class="tag">Roads</span>/x/'


def test_a_part_of_a_page_sees_the_page_and_leaves_nothing_behind(draw):
    words = '{% include "components/tag.html" with name="Roads" %}[{{ name }}]'
    assert draw(words, url="/x/") == '<a class="tag" href="/x/" rel="tag">Roads</a>[]'


def test_what_is_given_anew_is_shown_anew(draw):
    words = '{% for name in names %}{% include "components/tag.html" with name=name only %}{% endfor %}'
    assert draw(words, names=["a", "<b>"]) == '<span class="tag">a</span><span class="tag">&lt;b&gt;</span>'


def test_a_component_that_is_remembered_is_so_in_each_language(draw):
    template = engines["django"].from_string(
        '{% load i18n %}{% for _i in "12" %}{% include "components/icon.html" with name="bell" label=_("Tags") only %}'
        '{% translate "Groups" %}{% endfor %}'
    )
    shown = {}
    for language in ("en", "fr", "en"):
        with override(language):
            shown.setdefault(language, set()).add(template.render({}))
    assert all(len(words) == 1 for words in shown.values())
    assert 'aria-label="Tags"' in next(iter(shown["en"]))
    assert "Groupes" in next(iter(shown["fr"]))


def test_a_form_that_is_included_has_the_token_of_its_request(draw, rf):
    words = '{% include "components/post_button.html" with label="Go" action="/x/" csrf_token="one" only %}'
    template = engines["django"].from_string(words)
    assert 'value="one"' in template.render({})
    assert 'value="one"' in template.render({}), "a token is no fixed part"
