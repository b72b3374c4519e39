from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat, Lower

from network.core.sql import Unaccent


class MemberQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The directory is the network's: verified members see who takes part; others only themselves."""
        if member is None or not member.is_authenticated:
            return self.none()
        if member.is_verified:
            return self.filter(Q(status="active") | Q(pk=member.pk))
        return self.filter(pk=member.pk)

    def waiting(self):
        """Who confirmed an address that no institution has, and waits for an administrator; oldest first."""
        return self.filter(
            status="pending", is_active=True, emailaddress__primary=True, emailaddress__verified=True
        ).order_by("date_joined")

    def for_administration(self):
        """With all that a line or a page of the administration shows."""
        return self.select_related("institution").prefetch_related("groups")

    def named(self, lines):
        """Whose e-mail address or handle is one of these, in small letters."""
        return self.alias(address=Lower("email")).filter(Q(address__in=lines) | Q(handle__in=lines))

    def administrators(self):
        """Who can administer today."""
        holders = self.model.groups.through.objects.filter(group__name="administrator")
        return self.filter(Q(is_superuser=True) | Q(pk__in=holders.values("member")), status="active")

    def matching(self, text):
        """Whose name or job title holds all these words, with or without accents."""
        queryset = self.alias(
            words=Unaccent(Lower(Concat("name", Value(" "), "job_title"))),
        )
        for word in text.split()[:5]:
            queryset = queryset.filter(words__contains=Unaccent(Lower(Value(word))))
        return queryset


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """A member row with a usable password, or none; the sign-up and the demonstration use actions."""
        member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        """An administrator from the command line: verified at once, because whoever runs it is trusted."""
        from django.utils import timezone

        return self.create_user(
            email,
            password,
            is_superuser=True,
            status="active",
            verified_at=timezone.now(),
            verified_by="administrator",
            **fields,
        )


class InstitutionQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Which institutions take part is no secret."""
        return self

    def for_address(self, email):
        """The institution whose domain the address has, or none. Sub-domains are domains of their own."""
        domain = email.rpartition("@")[2].lower()
        return self.filter(domains__domain=domain).first()

    def with_member_counts(self):
        return self.annotate(active_members=Count("members", filter=Q(members__status="active")))
