from django.db import transaction
from django.utils.text import slugify

from network.core.answers import require
from network.core.audit import record

from ..models import Institution, InstitutionDomain, Spokesperson
from ..permissions import can_manage_institutions

NAMES = ("name_fr", "name_nl", "name_en", "acronym_fr", "acronym_nl", "acronym_en", "level")


@transaction.atomic
def save_institution(institution, *, actor, values, domains, spokespeople):
    """Create an institution (`institution` is None) or change one, with all its domains and spokespeople.

    `values` are fields of `NAMES` and perhaps `logo`; `domains` are domains in small letters, `spokespeople`
    members. Nobody is verified by it at once: who waits is looked at when they next log in.
    """
    require(can_manage_institutions(actor))
    created = institution is None
    if created:
        institution = Institution(slug=_free_slug(values["name_fr"]))
    for field, value in values.items():
        setattr(institution, field, value)
    institution.save()
    record(
        actor,
        "create_institution" if created else "change_institution",
        institution,
        domains=_set_domains(institution, domains),
        spokespeople=_set_spokespeople(institution, spokespeople),
    )
    return institution


def _free_slug(name):
    stem = slugify(name)[:74] or "institution"
    taken = set(Institution.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _set_domains(institution, domains):
    before = set(institution.domains.values_list("domain", flat=True))
    after = set(domains)
    institution.domains.exclude(domain__in=after).delete()
    InstitutionDomain.objects.bulk_create(
        [InstitutionDomain(institution=institution, domain=domain) for domain in sorted(after - before)]
    )
    return {"added": sorted(after - before), "removed": sorted(before - after)}


def _set_spokespeople(institution, members):
    before = set(Spokesperson.objects.filter(institution=institution).values_list("member", flat=True))
    after = {member.pk for member in members}
    Spokesperson.objects.filter(institution=institution).exclude(member__in=after).delete()
    Spokesperson.objects.bulk_create(
        [Spokesperson(institution=institution, member_id=pk) for pk in sorted(after - before)]
    )
    return {"added": sorted(after - before), "removed": sorted(before - after)}
