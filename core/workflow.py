"""The only code in the portal that changes a `state`.

A workflow is a table of transitions; an app writes the table, never the machinery.
Who may act is the transition's `perm`; when, its `sources` and whether it `applies` to
this object's route; what is still missing, its `blockers`, in words a person can act on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.audit import log
from core.findings import Finding, blocking
from core.language import speaking
from core.scoping import unit_of

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class NotNow(Exception):
    """The object has moved on, or the step is not on its route."""


class Blocked(Exception):
    """The step is the right one, but something is missing; `findings` says what."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__("; ".join(map(str, self.findings)))


def act(work: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """One act: one transaction, whose rows are written in the portal's language whoever acts.

    A refusal is read by who acts alone, so it is asked for once more in that person's language;
    what is refused has written nothing.
    """

    @wraps(work)
    def acted(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        try:
            with speaking(settings.LANGUAGE_CODE) as instead_of, transaction.atomic():
                return work(*args, **kwargs)
        except (NotNow, Blocked) as refusal:
            if instead_of in ("", settings.LANGUAGE_CODE):
                raise
            again = refusal
            try:
                with speaking(instead_of), transaction.atomic():
                    work(*args, **kwargs)
                    transaction.set_rollback(True)
            except (NotNow, Blocked) as said:
                again = said
            raise again from None

    return acted


def always(obj: Any) -> bool:
    return True


def nothing_missing(obj: Any, actor: Any) -> Iterable[Finding]:
    return ()


def nothing_to_say(obj: Any) -> Iterable[str]:
    return ()


def no_effect(obj: Any, *, actor: Any, **data: Any) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One line of a workflow table.

    `effect` changes the object before it is saved; `after` runs once the history line
    stands, in the same transaction (a job or a notice is a row, so nothing waits for the
    commit). `tone` is how the button looks: primary, second or plain. `tells` are sentences on
    what a step will do that cannot be undone: with them its button asks once more.
    """

    name: str
    label: Any
    sources: frozenset[str]
    target: str
    perm: str
    needs_note: bool = False
    private: bool = False  # only those who hold `perm` (or `read_by`) read it in the history
    read_by: str = ""
    button: bool = True  # False: part of a larger act, performed by a service
    tone: str = "primary"
    applies: Callable[..., bool] = always
    blockers: Callable[..., Iterable[Finding]] = nothing_missing
    tells: Callable[..., Iterable[Any]] = nothing_to_say
    effect: Callable[..., None] = no_effect
    after: Callable[..., None] = no_effect

    def starts_from(self, obj: Any) -> bool:
        return obj.state in self.sources and self.applies(obj)


@dataclass(frozen=True)
class Offer:
    """A button: ready when nothing blocks it, else shown with the reasons."""

    step: Transition
    findings: list[Finding]
    tells: tuple[Any, ...] = ()  # what will happen, said before it is asked for

    @property
    def ready(self) -> bool:
        return not blocking(self.findings)


class Workflow:
    """A table of transitions, and the one way to walk it."""

    def __init__(self, *transitions: Transition):
        self.transitions = {step.name: step for step in transitions}

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions.values())

    def offers(self, obj: Any, user: Any) -> list[Offer]:
        """The buttons that this person sees on this object, ready or greyed."""
        return [
            Offer(step, list(step.blockers(obj, user)), tuple(step.tells(obj)))
            for step in self
            if step.button and step.starts_from(obj) and user.can(step.perm, obj)
        ]

    @act
    def perform(
        self,
        obj: Any,
        name: str,
        *,
        actor: Any,
        note: str = "",
        version: int | None = None,
        **data: Any,
    ) -> Any:
        """Take one step on the row as it is now, under its lock, and return the row.

        `version` is what the page showed; another version means that a colleague saved in
        between. Raises NotNow, Blocked or PermissionDenied, and then nothing has changed.
        """
        step = self.transitions[name]
        obj = type(obj)._base_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        if not actor.can(step.perm, obj):
            raise PermissionDenied
        if not step.starts_from(obj):
            raise NotNow(_not_now(step, obj))
        if version is not None and version != obj.version:
            raise NotNow(log.changed_meanwhile(obj))
        missing = blocking(step.blockers(obj, actor))
        if step.needs_note and not note.strip():
            missing.append(Finding(_("Write the reason: the people concerned will read it.")))
        if missing:
            raise Blocked(missing)
        step.effect(obj, actor=actor, **data)
        before, obj.state = obj.state, step.target
        obj.version += 1
        obj.save()
        log.record(
            actor=actor,
            verb=f"{obj._meta.model_name}.{name}",
            label=str(step.label),
            target=obj,
            unit=unit_of(obj),
            changes={"state": [before, obj.state]},
            note=note,
            needs=(step.read_by or step.perm) if step.private else "",
        )
        step.after(obj, actor=actor)
        return obj

    @act
    def carry(
        self,
        rows: Any,
        name: str,
        *,
        actor: Any,
        given: Callable[[list[Any]], dict[str, Any]] | None = None,
        **data: Any,
    ) -> list[Any]:
        """Take a step without a button on all of `rows`, which go along with another row's step.

        That step has asked for the permission and writes the line of history that stands for
        all of them. The rows are locked in their order and returned; all go, or NotNow. `given`
        says from the locked rows what the step needs besides `data`.
        """
        step = self.transitions[name]
        if step.button:
            raise ValueError(f"“{name}” has a button: perform it on each row.")
        held = list(rows.select_for_update(of=("self",)))
        data |= given(held) if given else {}
        for obj in held:
            if not step.starts_from(obj):
                raise NotNow(_not_now(step, obj))
            step.effect(obj, actor=actor, **data)
            obj.state = step.target
            obj.version += 1
            obj.save()
        return held


def _not_now(step: Transition, obj: Any) -> str:
    return _("“%(step)s” is not possible: %(object)s is now “%(state)s”.") % {
        "step": step.label,
        "object": obj,
        "state": obj.get_state_display(),
    }
