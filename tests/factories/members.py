from datetime import timedelta
from functools import cache

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group as Role
from django.utils import timezone

from network.charter.models import CharterVersion
from network.members.models import Institution, Member

PASSWORD = "a long enough passphrase"


@cache
def hashed_password():
    """Hashed once a run: the real hasher is slow on purpose."""
    return make_password(PASSWORD)


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"institution-{n}")
    name_fr = factory.Sequence(lambda n: f"Administration {n}")
    name_nl = factory.Sequence(lambda n: f"Bestuur {n}")
    name_en = factory.Sequence(lambda n: f"Administration no. {n}")
    level = Institution.Level.LOCAL

    @factory.post_generation
    def domains(institution, create, extracted, **kwargs):
        for domain in extracted or ():
            institution.domains.create(domain=domain)

    @factory.post_generation
    def spokespeople(institution, create, extracted, **kwargs):
        if extracted:
            institution.spokespeople.set(extracted)


class MemberFactory(factory.django.DjangoModelFactory):
    """A verified member who has accepted the charter in force, if there is one."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    class Params:
        pending = factory.Trait(status="pending", verified_at=None, verified_by="", institution=None)
        suspended = factory.Trait(
            status="suspended",
            suspended_until=factory.LazyFunction(lambda: timezone.now() + timedelta(days=7)),
        )
        deactivated = factory.Trait(status="deactivated", is_active=False)
        superuser = factory.Trait(is_superuser=True)

    email = factory.Sequence(lambda n: f"member{n}@commune.example")
    handle = factory.Sequence(lambda n: f"member-{n}")
    name = factory.Sequence(lambda n: f"Member {n}")
    job_title = "Officer"
    institution = factory.SubFactory(InstitutionFactory)
    language = "en"
    status = "active"
    verified_at = factory.LazyFunction(timezone.now)
    verified_by = "domain"
    password = factory.LazyFunction(hashed_password)

    @factory.lazy_attribute
    def accepted_charter(self):
        return CharterVersion.objects.in_force()

    @factory.post_generation
    def roles(member, create, extracted, **kwargs):
        """Names of site roles: `MemberFactory(roles=["moderator"])`."""
        if extracted:
            member.groups.set(Role.objects.filter(name__in=extracted))

    @factory.post_generation
    def address(member, create, extracted, **kwargs):
        """allauth's row for the e-mail address, confirmed unless `address=False`."""
        EmailAddress.objects.create(
            user=member, email=member.email, primary=True, verified=extracted is not False
        )
