"""What changes tags."""

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from network.core.answers import require
from network.core.audit import record

from .models import Tag, TagFollow, TagName, normalise
from .permissions import can_follow_tag, can_name_tag

MOST_TAGS = 10
# Addresses under /tags/ that aren't those of tags.
RESERVED = {"complete"}


def tags_for_names(names, *, language):
    """The tags that these names mean, in any language; names that no tag has yet make new ones.

    `names` are texts as typed (blank ones and doubles are dropped, at most `MOST_TAGS` are kept);
    `language` is a code of two letters, that of a new name. Costs the same number of queries for one name
    as for ten.
    """
    wanted = {}
    for name in names:
        name = " ".join(name.strip().lstrip("#").split())[:100]
        if normalise(name):
            wanted.setdefault(normalise(name), name)
    wanted = dict(list(wanted.items())[:MOST_TAGS])
    found = _by_normalised(wanted, language)
    missing = [name for key, name in wanted.items() if key not in found]
    if missing:
        _create(missing, language)
        found = _by_normalised(wanted, language)
    return list({found[key].pk: found[key] for key in wanted if key in found}.values())


def _by_normalised(wanted, language):
    names = TagName.objects.filter(normalised__in=wanted).select_related("tag__merged_into")
    found = {}
    # A name in the writer's language wins over the same word in another.
    for name in sorted(names, key=lambda name: name.language == language):
        found[name.normalised] = name.tag.merged_into or name.tag
    return found


@transaction.atomic
def _create(names, language):
    tags = Tag.objects.bulk_create(
        Tag(name=name, slug=slug, **{f"label_{language}": name})
        for name, slug in zip(names, _free_slugs(names), strict=True)
    )
    TagName.objects.bulk_create(
        [TagName(tag=tag, language=language, name=tag.name, normalised=normalise(tag.name)) for tag in tags],
        ignore_conflicts=True,
    )


def _free_slugs(names):
    slugs = [slugify(normalise(name))[:90] or "tag" for name in names]
    taken = RESERVED | set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    free = []
    for slug in slugs:
        candidate, number = slug, 2
        while candidate in taken or candidate in free:
            candidate, number = f"{slug}-{number}", number + 1
        free.append(candidate)
    return free


def count_uses(before, after):
    """Move the counters of use from the tags `before` to the tags `after` (primary keys)."""
    before, after = set(before), set(after)
    if gone := before - after:
        Tag.objects.filter(pk__in=gone, use_count__gt=0).update(use_count=F("use_count") - 1)
    if new := after - before:
        Tag.objects.filter(pk__in=new).update(use_count=F("use_count") + 1)


def follow_tag(tag, *, actor):
    """The actor sees from now on, in the feed, what is said under the tag."""
    require(can_follow_tag(actor, tag))
    return TagFollow.objects.get_or_create(member=actor, tag=tag)[1]


def unfollow_tag(tag, *, actor):
    """Stop following; says whether anything changed."""
    return bool(TagFollow.objects.filter(member=actor, tag=tag).delete()[0])


@transaction.atomic
def name_tag(tag, *, actor, language, name, preferred=True):
    """Give the tag a name in a language; the preferred one is shown, others are synonyms."""
    require(can_name_tag(actor, tag))
    if preferred:
        tag.names.filter(language=language, preferred=True).update(preferred=False)
    row, created = TagName.objects.update_or_create(
        language=language,
        normalised=normalise(name),
        tag=tag,
        defaults={"name": name, "preferred": preferred},
    )
    if preferred:
        setattr(tag, f"label_{language}", name)
        tag.save(update_fields=[f"label_{language}"])
    if created:
        record(actor, "name_tag", tag, language=language)
    return row
