"""Somebody leaves the office or moves to another regency: what they have in hand goes to a colleague, access ends."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from disperin.accounts import actions as accounts
from disperin.accounts.holdings import InHand, in_hand
from disperin.accounts.models import Role, User
from disperin.history.models import record as write_history
from disperin.notices.actions import tell
from disperin.regions.models import Regency
from disperin.regions.reach import reaches_regency
from disperin.registers.values.kept_texts import unfit_texts
from disperin.ui.texts import Text


@transaction.atomic
def hand_over(
    user: User, *, to: User | None, why: str, moves_to: Regency | None = None, by: User
) -> list[tuple[Text, int]]:
    """Give all that `user` has in hand to the colleague `to`, then suspend the account, or move it to a regency.

    With `moves_to` what lies in that regency stays. Sessions and tokens end; what was done stays under the name of who
    did it. `to` may be None where nothing is in hand. Doing it again changes nothing but hands on what came since.
    Gives `[(label, number)]` of what was handed on. Raises PermissionDenied for whoever is no administrator,
    ValidationError at to, why, moves_to or for one's own account, NotNow while a file is being submitted.
    """
    accounts.refuse_others(by)
    user, by, *others = accounts.locked(user, by, *([to] if to else []))
    accounts.refuse_others(by)
    _refuse_own(user, by)
    held = in_hand(user, outside=moves_to and moves_to.pk)
    _refuse_wrong(user, others, held, moves_to=moves_to, why=why)
    if held:
        (to,) = others
        details = {"from": str(user), "to": str(to), "why": why.strip()}
        for holding, things, _count in held:
            holding.hand_on(things, to=to, by=by, told=details)
        write_history("hand_over", user, by=by, **details)
        _tell(to, user, held, by=by)
    if moves_to and moves_to.pk != user.regency_id:
        accounts.change_role(user, role=Role.OFFICER, regency=moves_to, why=why.strip(), by=by)
    elif not moves_to and user.is_active:
        accounts.suspend(user, why=why.strip(), by=by)
    return [(holding.label, number) for holding, _things, number in held]


def colleagues_for(user: User, held: Sequence[InHand]) -> QuerySet[User]:
    """Whom everything that was found in somebody's hands (`in_hand`) may be given to, officers of the place first."""
    proposers = User.objects.filter(is_active=True, role__in=[Role.OFFICER, Role.VERIFIER, Role.ADMINISTRATOR])
    places = {code for _holding, things, _number in held for code in _places(things)}
    able = [
        proposer.pk
        for proposer in proposers.exclude(pk=user.pk)
        if all(reaches_regency(proposer, code) for code in places)
    ]
    return User.objects.filter(pk__in=able).select_related("regency").order_by("regency", "full_name")


def _places(things: QuerySet[Any]) -> set[str]:
    return set(things.order_by().values_list("regency", flat=True))


def _refuse_own(user: User, by: User) -> None:
    if user.pk != by.pk:
        return
    text = _("Another administrator has to hand over what you have.")
    if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=by.pk).exists():
        text = _("You are the last administrator. Give somebody else this role first; they hand over what you have.")
    raise ValidationError({NON_FIELD_ERRORS: ValidationError(text, "own_account")})


def _refuse_wrong(
    user: User, others: Sequence[User], held: Sequence[InHand], *, moves_to: Regency | None, why: str
) -> None:
    """Raises ValidationError at why, moves_to and to; who takes over is asked for only where something is in hand."""
    problems = unfit_texts({"why": why})
    if not why.strip():
        problems["why"] = ValidationError(_("Say why."), "required")
    if moves_to and user.role != Role.OFFICER:
        text = _("Only officers belong to a regency. Somebody else leaves, or gets another role.")
        problems["moves_to"] = ValidationError(text, "role")
    elif moves_to and not user.is_active:
        text = _("This account is suspended. Let it in again before it moves.")
        problems["moves_to"] = ValidationError(text, "suspended")
    if held and not others:
        problems["to"] = ValidationError(_("Choose who takes over what is in hand."), "required")
    elif held and (refusal := why_not_to(others[0], user, held)):
        problems["to"] = refusal
    if problems:
        raise ValidationError(problems)


def why_not_to(to: User, user: User, held: Sequence[InHand]) -> ValidationError | None:
    """Why `to` cannot take over what was found in the hands of `user`, as a ValidationError; None if they can."""
    values = {"person": to}
    if to.pk == user.pk:
        return ValidationError(_("This is the same person. Choose a colleague."), "same")
    if not to.is_active:
        text = _("The account of %(person)s is suspended. Choose somebody else.") % values
        return ValidationError(text, "suspended")
    if not to.can_propose:
        text = _("%(person)s cannot work on proposals. Choose an officer or a verifier.") % values
        return ValidationError(text, "role")
    for holding, things, _number in held:
        if any(not reaches_regency(to, code) for code in _places(things)):
            text = _("“%(what)s” lies outside the reach of %(person)s. Choose somebody who sees all of it.")
            return ValidationError(text % (values | {"what": holding.label}), "out_of_reach")
    return None


def _tell(to: User, user: User, held: Sequence[InHand], *, by: User) -> None:
    with override(to.language):
        number = sum(number for _holding, _things, number in held)
        title = ngettext(
            "%(number)d thing of %(who)s is yours now", "%(number)d things of %(who)s are yours now", number
        )
        lines = [_("%(by)s has handed on to you what %(who)s had in hand:") % {"by": by, "who": user}]
        lines += [f"- {holding.label}: {number}" for holding, _things, number in held]
        body = "\n".join(lines)
        tell(to, title=title % {"number": number, "who": user}, body=body, path=reverse("submissions:inbox"))
