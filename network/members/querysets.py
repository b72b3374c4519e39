from datetime import timedelta

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from network.core.sql import Unaccent


class MemberQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The directory is the network's: verified members see who takes part; others only themselves."""
        if member is None or not member.is_authenticated:
            return self.none()
        if member.is_verified:
            return self.filter(Q(status="active", leaving_at=None) | Q(pk=member.pk))
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

    def due_to_leave(self, now):
        """Who left, and whose time for coming back is over."""
        return self.filter(leaving_at__lte=now).exclude(status="erased")

    def to_ask_for_renewal(self, before):
        """Verified by an address until a moment `before`, and not asked yet whether it is still theirs."""
        return self.filter(
            status="active", verified_by="domain", verified_until__lte=before, renewal_asked_at=None
        )

    def lapsed(self, now):
        """Were verified by an address until `now`, were asked, and didn't say that it is still theirs."""
        return self.filter(
            status="active", verified_by="domain", verified_until__lte=now, renewal_asked_at__isnull=False
        )


class ArchiveQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own, as long as they are kept; the newest first."""
        if not member.is_authenticated:
            return self.none()
        kept = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.filter(kept, member=member).order_by("-pk")

    def outdated(self, now):
        """Whose week is over, and what failed or was never made a week ago."""
        return self.filter(
            Q(expires_at__lte=now) | Q(expires_at=None, requested_at__lte=now - timedelta(days=7))
        )


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
