"""The words of a statement of reasons: what is composed, what a moderator completes, what a reader reads."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from .deadlines import last_day
from .models import Decision, Sanction

# What a moderator has to replace in a composed phrase before it may be sent.
TO_COMPLETE = "[…]"

MEASURES = {
    Decision.Measure.LABEL: _("A note stands above your text."),
    Decision.Measure.HIDE: _("Your text is hidden. This can be undone."),
    Decision.Measure.REMOVE: _("Your text is removed. It is deleted after the time for an appeal."),
    Decision.Measure.LOCK: _("The discussion is locked: nobody can reply."),
}
MEASURES_FOR_OTHERS = {
    Decision.Measure.LABEL: _("A note stands above the text."),
    Decision.Measure.HIDE: _("The text is hidden. This can be undone."),
    Decision.Measure.REMOVE: _("The text is removed. It is deleted after the time for an appeal."),
    Decision.Measure.LOCK: _("The discussion is locked: nobody can reply."),
}
TITLES = {
    Decision.Measure.LABEL: _("A note for readers"),
    Decision.Measure.HIDE: _("Text hidden"),
    Decision.Measure.REMOVE: _("Text removed"),
    Decision.Measure.LOCK: _("Discussion locked"),
}
# What moderators often add to their reasons, measured once instead of written in a hurry each time.
PHRASES = {
    "other_words": _("You may make the same point again in other words."),
    "no_names": _("Speak of what was done, and leave out the names of people who can't answer here."),
    "source": _("Say where a figure or a quotation comes from, so that others can check it."),
    "circle": _("What was shared in a small circle stays there: ask those concerned before you pass it on."),
    "tone": _("We don't judge your opinion. What we ask is another tone."),
    "first": _("We know that this is the first time, and have kept the measure as light as we could."),
}
RESTRICTIONS = {
    Sanction.Restriction.NOTHING: _("You can't post until %(date)s."),
    Sanction.Restriction.RATE: _("Until %(date)s you can post a few texts a day only."),
    Sanction.Restriction.REVIEW: _(
        "Until %(date)s a moderator looks at each of your texts before it is seen."
    ),
}
ORIGINS = {
    Decision.Origin.REPORT: _("One or more reports."),
    Decision.Origin.OWN_INITIATIVE: _("The moderators' own initiative: nobody reported it."),
}


def day(moment):
    """A date written out in the language that is active."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def redress(appeal_until, language, *, automatic=False):
    """What one can do against a decision, in the language of its statement."""
    with override(language):
        if automatic:
            return gettext(
                "A moderator looks at this within 24 hours. You can appeal against what they decide, free of "
                "charge, for six months. You can also turn to an out-of-court dispute settlement body or to a "
                "court."
            )
        return gettext(
            "You can appeal on this site until %(date)s, free of charge. Somebody who had no part in the "
            "decision will judge your appeal. You can also turn to an out-of-court dispute settlement body "
            "or to a court."
        ) % {"date": date_format(last_day(appeal_until), "DATE_FORMAT")}


def composed(case, articles):
    """Phrases to start a statement from, in the language of the person concerned.

    Returns {"facts", "explanation", "scope"}. Those that need a moderator's own words hold `TO_COMPLETE`.
    """
    with override(case.concerned.language):
        return {
            "facts": _facts(case),
            "explanation": "\n\n".join(
                gettext("Article %(number)s, “%(title)s”, asks this: […]. It is not respected, because […].")
                % {"number": article.number, "title": article.title}
                for article in articles
            )
            or gettext("This breaks the rule that […], because […]."),
            "scope": gettext("The whole of the site, for every reader."),
        }


def spam_statement(case):
    """The whole statement for obvious spam, in the language of its author: {"facts", "explanation", "scope"}."""
    contribution = case.contribution
    with override(case.concerned.language):
        return {
            "facts": gettext("On %(date)s you posted this in “%(space)s”: “%(words)s”.")
            % {
                "date": day(contribution.released_at or contribution.created_at),
                "space": contribution.space.title,
                "words": Truncator(contribution.body_text).chars(200),
            },
            "explanation": gettext(
                "This is advertising, or the same text over and over, which nobody here asked for. It keeps "
                "others from finding what serves their work. If that is not what it is, appeal: somebody else "
                "will read it again."
            ),
            "scope": gettext("The whole of the site, for every reader."),
        }


def phrases_in(language, codes):
    """The phrases of these codes, in a language."""
    with override(language):
        return [str(PHRASES[code]) for code in codes]


def _facts(case):
    contribution = case.contribution
    if contribution is None:
        return gettext("The moderators looked at “%(name)s” and found this: […].") % {"name": case.target}
    return gettext("On %(date)s you wrote in “%(space)s”: “%(words)s”. […]") % {
        "date": day(contribution.released_at or contribution.created_at),
        "space": contribution.space.title,
        "words": Truncator(contribution.body_text).chars(200),
    }


def sanction_sentence(sanction):
    """What a sanction means for the person who reads it, in the language that is active."""
    if sanction.kind == Sanction.Kind.REMINDER:
        return gettext("You are reminded of the charter. A further breach may have consequences.")
    if sanction.kind == Sanction.Kind.RESTRICTED:
        return RESTRICTIONS[sanction.restriction] % {"date": day(sanction.ends_at)}
    if sanction.kind == Sanction.Kind.GROUP_BAN:
        return gettext("You are removed from the group until %(date)s.") % {"date": day(sanction.ends_at)}
    if sanction.kind == Sanction.Kind.SUSPENDED:
        return gettext("Your account is suspended until %(date)s.") % {"date": day(sanction.ends_at)}
    return gettext("You are excluded from the network.")


# What may follow a warning of each kind, where the breach is as grave: a proposal and no more.
STEPS = {
    None: _("No warning in the last twelve months: a reminder of the charter is usual."),
    Sanction.Kind.REMINDER: _("Reminded in the last twelve months: restricting posting for a week is usual."),
    Sanction.Kind.GROUP_BAN: _(
        "Removed from a group in the last twelve months: restricting for a week is usual."
    ),
    Sanction.Kind.RESTRICTED: _("Restricted in the last twelve months: a suspension of two weeks is usual."),
    Sanction.Kind.SUSPENDED: _("Suspended in the last twelve months: two moderators may exclude."),
    Sanction.Kind.EXCLUDED: _("Excluded: see whether that still holds."),
}


def next_step(sanctions):
    """What usually follows these earlier sanctions, in words for the moderator, who decides."""
    kinds = {sanction.kind for sanction in sanctions}
    return next((STEPS[kind] for kind in reversed(STEPS) if kind in kinds), STEPS[None])


def title_of(decision):
    """The outcome in a few words, in the language that is active."""
    if decision.outcome == Decision.Outcome.DISMISS:
        return gettext("No breach of the charter")
    return str(TITLES.get(decision.measure, _("Breach of the charter")))


def statement(decision, articles, sanctions, *, full):
    """What `components/statement.html` shows, in the language that is active, save for the decision's own words.

    `full` is for the person concerned and the moderators. Others, who reported, are told what became of the
    text, but neither the measures on a person nor what was written to them; of a dismissal they read why.
    """
    dismissed = decision.outcome == Decision.Outcome.DISMISS
    sentences = MEASURES if full else MEASURES_FOR_OTHERS
    measures = [sentences[decision.measure]] if decision.measure else []
    if full:
        measures += [sanction_sentence(sanction) for sanction in sanctions]
        measures += [sanction.urgency for sanction in sanctions if sanction.urgency]
    elif not measures:
        measures = [
            _("Nothing was done.")
            if dismissed
            else _("Measures were taken that concern a person: they stay private.")
        ]
    return {
        "reference": reference(decision),
        "title": title_of(decision),
        "decided_at": decision.decided_at or timezone.now(),
        "measures": measures,
        "facts": decision.facts if full or dismissed else "",
        "articles": [_article(article) for article in articles],
        "legal_basis": decision.legal_ground,
        "explanation": decision.explanation if full or dismissed else "",
        "scope": decision.scope if full or decision.measure else "",
        "duration": _duration(decision) if full or decision.measure else "",
        "origin": ORIGINS[decision.origin],
        "automated": decision.automated_detection or decision.automated_decision,
        "redress": decision.redress,
        "words_language": decision.language,
    }


def reference(decision):
    """What a decision is called; one that isn't saved yet has no number."""
    return (
        gettext("Decision %(number)s") % {"number": decision.pk} if decision.pk else gettext("Draft decision")
    )


def _article(article):
    text = article.text_in((get_language() or "fr")[:2])
    return {
        "number": article.number,
        "code": article.code,
        "title": text.title if text else article.code,
        "text": text.text if text else "",
        "language": text.language if text else "",
        "url": f"{reverse('charter:version', args=[article.version.number])}#{article.code}",
    }


def _duration(decision):
    if decision.indefinite:
        return gettext("Without end.")
    return gettext("Until %(date)s.") % {"date": day(decision.ends_at)}
