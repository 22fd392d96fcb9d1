"""Blocks and clusters: the list, one block with its sheets, and the acts on it."""

from django.db.models import Count, Q
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import Perm
from campaigns import services
from campaigns.forms.blocks import (
    BlockForm,
    CopyForm,
    HeadsForm,
    PledgeForm,
    PressForm,
    UnrankedForm,
)
from campaigns.lists.blocks import BlockFilter, BlockTable
from campaigns.models import Block, Pledge, ScoreSheet
from campaigns.rules import blocks as rules
from campaigns.rules import editions
from campaigns.views.links import of_titles
from core.documents.views import DownloadPage
from core.findings import blocking
from core.ui.drafts import KeepsDraft
from core.ui.views import DetailPage, FormPage, ListPage

LIST = (gettext_lazy("Blocks and clusters"), reverse_lazy("campaigns:blocks"))
JUDGES = (Perm.SHEET_VERIFY, Perm.SHEET_APPRAISE)
State = ScoreSheet.State


def crumbs_of(block, *more):
    """The way to a page of one block."""
    return [LIST, (str(block), block.get_absolute_url()), *more]


class BlockList(ListPage):
    perm = Perm.BLOCK_READ
    model = Block
    title = LIST[0]
    filter_class = BlockFilter
    table_class = BlockTable
    template_name = "campaigns/block_list.html"

    def scoped(self, queryset):
        return (
            super()
            .scoped(queryset)
            .select_related("head")
            .annotate(
                units=Count("members", distinct=True),
                sheets_open=Count("sheets", distinct=True),
                sheets_sent=Count("sheets", ~Q(sheets__state=State.OPEN), distinct=True),
            )
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_manage=self.request.user.holds(Perm.BLOCK_MANAGE),
            may_advise=self.request.user.holds(Perm.SHEET_ADVISE),
            crumbs=[(LIST[0], None)],
            **kwargs,
        )


class BlockPage(DetailPage):
    """Members, heads, pledge, the sheets in this visitor's reach, and the block's acts."""

    perm = Perm.BLOCK_READ
    model = Block
    template_name = "campaigns/block_detail.html"

    def scoped(self, queryset):
        rows = super().scoped(queryset)
        return rows.select_related("unit", "head", "criteria_set", "previous", "pledge__file")

    def get_context_data(self, **kwargs):
        block, user = self.object, self.request.user
        sheets = {row.unit_id: row for row in _sheets(block, user)}
        may_manage = user.can(Perm.BLOCK_MANAGE, block)
        members = list(block.members.all())
        opened = set(block.sheets.values_list("unit_id", flat=True))
        waiting = may_manage and len(members) > len(opened)
        empty = may_manage and not members
        findings = list(rules.missing_to_open(block)) if waiting or empty else []
        return super().get_context_data(
            page_title=block.name,
            rows=[(member, sheets.get(member.unit_id)) for member in members],
            kept_apart=opened - sheets.keys(),
            may_manage=may_manage,
            may_judge=bool(opened) and any(user.can(perm, block) for perm in JUDGES),
            may_publish=user.can(Perm.SHEET_PUBLISH, block) and _all_in(block, State.APPRAISED),
            may_open_peers=block.has_peers
            and user.can(Perm.SHEET_VERIFY, block)
            and block.sheets.filter(state=State.SCORED).exists(),
            findings=findings,
            may_open=waiting and not blocking(findings),
            titles=of_titles(block, user),
            edition=editions.edition_for(block) if may_manage else None,
            crumbs=[LIST, (block.name, None)],
            **kwargs,
        )


def _sheets(block, user):
    rows = ScoreSheet.objects.visible_to(user, Perm.SHEET_READ, Perm.SHEET_VERIFY)
    return rows.filter(block=block)


def _all_in(block, state):
    """Whether there are sheets and all of them wait in a state."""
    states = set(block.sheets.values_list("state", flat=True))
    return states == {state}


class _BlockForm(KeepsDraft, FormPage):
    abstract = True
    perm = Perm.BLOCK_MANAGE
    form_class = BlockForm
    template_name = "campaigns/block_form.html"

    def act(self, form):
        block = services.save_block(
            block=form.instance, members=form.units, actor=self.request.user
        )
        return block.get_absolute_url()


class NewBlock(_BlockForm):
    title = gettext_lazy("Draw up a block")
    message = gettext_lazy("The block is drawn up. Name its head next.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(crumbs=[LIST, (self.title, None)], **kwargs)


class EditBlock(_BlockForm):
    model = Block
    title = gettext_lazy("Change the block")
    message = gettext_lazy("The block is kept.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.target()}

    def get_context_data(self, **kwargs):
        crumbs = crumbs_of(self.target(), (self.title, None))
        return super().get_context_data(crumbs=crumbs, **kwargs)


class OfBlock(FormPage):
    """A small form on one block; comes back to it."""

    abstract = True
    perm = Perm.BLOCK_MANAGE
    model = Block
    template_name = "campaigns/block_act.html"
    verb = gettext_lazy("Save")
    note = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            the_block=self.target(),
            verb=self.verb,
            note=self.note,
            crumbs=crumbs_of(self.target(), (self.title, None)),
            **kwargs,
        )


class NameHeads(OfBlock):
    form_class = HeadsForm
    title = gettext_lazy("Head and deputies of the block")
    message = gettext_lazy("Head and deputies are named.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "block": self.target()}

    def act(self, form):
        chosen = {name: form.cleaned_data[name] for name in ("head", "deputies")}
        block = services.name_heads(block=self.target(), actor=self.request.user, **chosen)
        return block.get_absolute_url()


class LeaveUnranked(OfBlock):
    form_class = UnrankedForm
    title = gettext_lazy("Members that are not ranked")
    note = gettext_lazy("Write the reason beside the unit; it stands in the ranking.")
    message = gettext_lazy("Kept. The ranking says who is not ranked and why.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "block": self.target()}

    def act(self, form):
        block = services.leave_unranked(
            block=self.target(), reasons=form.reasons(), actor=self.request.user
        )
        return block.get_absolute_url()


class CopyBlock(OfBlock):
    form_class = CopyForm
    title = gettext_lazy("Carry the block over to another year")
    note = gettext_lazy("Members that still stand come along; head, pledge and set are new.")
    verb = gettext_lazy("Carry over")
    message = gettext_lazy("The block is carried over. Look at its members, then name the head.")

    def get_initial(self):
        return {"year": self.target().year + 1}

    def act(self, form):
        year = form.cleaned_data["year"]
        made = services.copy_block(block=self.target(), year=year, actor=self.request.user)
        return made.get_absolute_url()


class KeepPledge(OfBlock):
    form_class = PledgeForm
    title = gettext_lazy("Pledge of the block")
    message = gettext_lazy("The pledge is kept.")

    def scoped(self, queryset):
        return super().scoped(queryset).select_related("unit")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "block": self.target()}

    def act(self, form):
        block = self.target()
        services.keep_pledge(
            block=block,
            signed_on=form.cleaned_data["signed_on"],
            file=form.cleaned_data["file"],
            actor=self.request.user,
        )
        return block.get_absolute_url()


class PledgeFile(DownloadPage):
    perm = Perm.BLOCK_READ
    model = Pledge

    def document_of(self, obj):
        return obj.file


class _Press(OfBlock):
    """A button on the page of the block."""

    abstract = True
    form_class = PressForm

    def get(self, request, *args, **kwargs):
        return redirect(self.target().get_absolute_url())


class OpenSheets(_Press):
    title = gettext_lazy("Open the score sheets")
    verb = title

    def act(self, form):
        made = services.open_sheets(block=self.target(), actor=self.request.user)
        text = ngettext("%(number)s sheet is open.", "%(number)s sheets are open.", len(made))
        self.message = text % {"number": len(made)}
        return self.target().get_absolute_url()


class OpenPeers(_Press):
    perm = Perm.SHEET_VERIFY
    title = gettext_lazy("Open the scoring by the members")
    verb = title
    message = gettext_lazy("The members may score each other now.")

    def act(self, form):
        services.open_peers(block=self.target(), actor=self.request.user)
        return self.target().get_absolute_url()


class Publish(_Press):
    perm = Perm.SHEET_PUBLISH
    title = gettext_lazy("Publish the points of the block")
    verb = title
    message = gettext_lazy("Points and places are published; nothing in them changes any more.")

    def act(self, form):
        services.publish(block=self.target(), actor=self.request.user)
        return reverse("campaigns:block", args=[self.target().pk])
