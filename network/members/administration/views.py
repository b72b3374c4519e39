from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.core.answers import require
from network.core.refusals import Refused

from .. import actions
from ..models import Institution, Member
from ..permissions import (
    can_deactivate_member,
    can_manage_institutions,
    can_restore_member,
    can_set_roles,
    can_verify_member,
)
from .forms import ConfirmForm, DeactivateForm, InstitutionForm, RolesForm, VerifyForm


class MemberIndexView(generic.IndexView):
    """Members, with what their line shows in a fixed number of queries."""

    def get_base_queryset(self):
        return super().get_base_queryset().for_administration()


class WaitingIndexView(generic.IndexView):
    """Who confirmed an address of no known institution, the longest waiting first."""

    page_title = _("Waiting for verification")
    default_ordering = "date_joined"

    def get_base_queryset(self):
        return Member.objects.waiting().for_administration()

    def get_inspect_url(self, instance):
        return reverse("wagtailusers_users:inspect", args=[instance.pk])


class MemberInspectView(generic.InspectView):
    """All that an administrator needs of an account, and what can be done with it."""

    template_name = "members/administration/member.html"

    def get_object(self, queryset=None):
        return get_object_or_404(Member.objects.for_administration(), pk=self.pk)

    def get_page_title(self):
        return capfirst(self.model._meta.verbose_name)

    def get_fields_context(self):
        """What isn't there isn't shown."""
        return [field for field in super().get_fields_context() if field["value"] not in (None, "")]

    def get_context_data(self, **kwargs):
        actor, member = self.request.user, self.object
        steps = [
            ("verify", _("Verify"), can_verify_member(actor, member), "button"),
            ("roles", _("Change the roles"), can_set_roles(actor, member), "button button-secondary"),
            ("restore", _("Restore the account"), can_restore_member(actor, member), "button"),
            ("deactivate", _("Deactivate the account"), can_deactivate_member(actor, member), "button no"),
        ]
        return super().get_context_data(
            steps=[
                {"url": reverse(f"wagtailusers_users:{name}", args=[member.pk]), "label": label, "look": look}
                for name, label, answer, look in steps
                if answer
            ],
            **kwargs,
        )


class ActView(WagtailAdminTemplateMixin, FormView):
    """A page of the administration that asks before it acts: what, on what, and what follows."""

    template_name = "members/administration/act.html"
    form_class = ConfirmForm
    explanation = ""
    button = ""
    is_grave = False
    done = ""

    def dispatch(self, request, *args, **kwargs):
        require(self.answer())
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            self.act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done % {"object": self.object})
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            explanation=self.explanation,
            button=self.button,
            is_grave=self.is_grave,
            back_url=self.get_success_url(),
            **kwargs,
        )

    def get_page_subtitle(self):
        return str(self.object)


class MemberActView(ActView):
    header_icon = "user"

    @cached_property
    def object(self):
        return get_object_or_404(Member.objects.for_administration(), pk=self.kwargs["pk"])

    def get_success_url(self):
        return reverse("wagtailusers_users:inspect", args=[self.object.pk])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Members")},
            {"url": self.get_success_url(), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]


class VerifyView(MemberActView):
    page_title = _("Verify")
    form_class = VerifyForm
    explanation = _("You know who this is and that they are a civil servant. They can take part at once.")
    button = _("Verify")
    done = _("%(object)s is verified and has been told.")

    def answer(self):
        return can_verify_member(self.request.user, self.object)

    def get_initial(self):
        return {"institution": self.object.institution}

    def act(self, values):
        actions.verify_member(self.object, actor=self.request.user, institution=values["institution"])


class DeactivateView(MemberActView):
    page_title = _("Deactivate the account")
    form_class = DeactivateForm
    explanation = _(
        "The account is closed at once: nobody can log in with it. What it wrote stays. This is no penalty: "
        "suspending somebody is a decision of the moderators, with reasons and a way to appeal."
    )
    button = _("Deactivate")
    is_grave = True
    done = _("The account of %(object)s is deactivated.")

    def answer(self):
        return can_deactivate_member(self.request.user, self.object)

    def act(self, values):
        actions.deactivate_member(self.object, actor=self.request.user, reason=values["reason"])


class RestoreView(MemberActView):
    page_title = _("Restore the account")
    explanation = _("The account opens again, as it was: verified, waiting or suspended.")
    button = _("Restore")
    done = _("The account of %(object)s is open again.")

    def answer(self):
        return can_restore_member(self.request.user, self.object)

    def act(self, values):
        actions.restore_member(self.object, actor=self.request.user)


class RolesView(MemberActView):
    page_title = _("Change the roles")
    form_class = RolesForm
    explanation = _("A role opens a part of the administration. Every change is recorded.")
    button = _("Save")
    done = _("The roles of %(object)s are changed.")

    def answer(self):
        return can_set_roles(self.request.user, self.object)

    def get_initial(self):
        return {"roles": list(self.object.roles)}

    def act(self, values):
        answer = can_set_roles(self.request.user, self.object, set(values["roles"]))
        if not answer:
            raise Refused(answer.reason)
        actions.set_roles(self.object, actor=self.request.user, roles=values["roles"])


class InstitutionIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().with_member_counts()


class InstitutionView(ActView):
    """A new institution, or one to change: one form for both."""

    header_icon = "home"
    form_class = InstitutionForm
    button = _("Save")
    done = _("%(object)s is saved.")

    @cached_property
    def object(self):
        pk = self.kwargs.get("pk")
        return get_object_or_404(Institution, pk=pk) if pk else None

    def answer(self):
        return can_manage_institutions(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.object}

    def form_valid(self, form):
        self.object = actions.save_institution(
            self.object,
            actor=self.request.user,
            values=form.values(),
            domains=form.cleaned_data["domains"],
            spokespeople=form.cleaned_data["spokespeople"],
        )
        messages.success(self.request, self.done % {"object": self.object})
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self):
        return reverse("institutions:index")

    def get_page_title(self):
        return _("Change an institution") if self.object else _("New institution")

    def get_page_subtitle(self):
        return str(self.object or "")

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": _("Institutions")},
            {"url": "", "label": self.get_page_title()},
        ]
