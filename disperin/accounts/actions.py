"""The verbs on accounts. Only administrators invite, change and suspend; a token is its owner's own affair."""

import datetime
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from knox.settings import knox_settings

from disperin.accounts import jobs
from disperin.accounts.models import Absence, ApiKey, CalendarAddress, Role, User, may_stand_in
from disperin.history.models import record
from disperin.regions.models import Regency
from disperin.ui import formats


def refuse_others(by: User) -> None:
    """Raises PermissionDenied for whoever is no administrator."""
    if not (by.is_authenticated and by.is_active and by.role == Role.ADMINISTRATOR):
        raise PermissionDenied(_("Only administrators look after accounts."))


def locked(*users: User) -> list[User]:
    """These people as they are now, held until the transaction ends, always in one order; rows may point to them."""
    held = User.objects.select_for_update(of=["self"], no_key=True).select_related("regency")
    people = {person.pk: person for person in held.filter(pk__in=[user.pk for user in users]).order_by("pk")}
    return [people[user.pk] for user in users]


def _looked_after(user: User, by: User) -> User:
    """As `locked`, of an account that `by` looks after: two administrators never shut each other out at once."""
    refuse_others(by)
    user, by = locked(user, by)
    refuse_others(by)
    return user


def _write(user: User, *fields: str) -> User:
    user.full_clean(exclude={field.name for field in User._meta.fields} - set(fields))
    user.save(update_fields=fields)
    return user


@transaction.atomic
def invite(
    *,
    username: str,
    full_name: str,
    email: str,
    role: str,
    regency: Regency | None = None,
    language: str = "id",
    by: User,
) -> User:
    """Make an account without password and mail its owner a link to set one. Returns the user.

    Raises `ValidationError` by field (also when the e-mail is missing: the link has to go somewhere) and
    `PermissionDenied` unless `by` is an administrator.
    """
    refuse_others(by)
    if not email:
        raise ValidationError({"email": _("An e-mail address is needed: the link to set a password goes there.")})
    user = User(
        username=User.normalize_username(username),
        full_name=full_name,
        email=email.lower(),
        role=role,
        regency=regency,
        language=language,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save()
    record("invite", user, by=by, role=user.role, regency=user.regency_id)
    jobs.send_invitation.enqueue(user.pk)
    return user


@transaction.atomic
def invite_again(user: User, *, by: User) -> User:
    """Mail the link to set a password once more, to an active account that has an e-mail address."""
    refuse_others(by)
    if not (user.is_active and user.email):
        raise ValidationError(
            _("%(user)s is suspended or has no e-mail address, so no link was sent.") % {"user": user.username}
        )
    record("invite_again", user, by=by)
    jobs.send_invitation.enqueue(user.pk)
    return user


@transaction.atomic
def change_role(user: User, *, role: str, regency: Regency | None = None, why: str = "", by: User) -> User:
    """Give a person another role or regency; sessions and tokens of the old one end, what is in hand stays there.

    Nobody changes their own: an administrator cannot lock the office out. `hand_over` moves somebody with all in hand.
    """
    user = _looked_after(user, by)
    if user.pk == by.pk:
        raise ValidationError(_("Another administrator has to change your role."), code="own_account")
    before = {"role": user.role, "regency": user.regency_id}
    user.role, user.regency = role, regency
    _write(user, "role", "regency")
    ended = _end_access(user)
    after = {"role": user.role, "regency": user.regency_id}
    record("change_role", user, by=by, before=before, after=after, tokens=ended, why=why)
    return user


@transaction.atomic
def suspend(user: User, *, why: str = "", by: User) -> User:
    """End a person's access at once, sessions and tokens with it. What they did stays under their name.

    What they have in hand stays there, too, until it is handed on (`hand_over`).
    """
    user = _looked_after(user, by)
    if user.pk == by.pk:
        raise ValidationError(_("Another administrator has to suspend your account."), code="own_account")
    user.is_active = False
    _write(user, "is_active")
    record("suspend", user, by=by, tokens=_end_access(user), why=why)
    return user


@transaction.atomic
def restore(user: User, *, by: User) -> User:
    """Let a suspended person in again, with the same role and password; sessions and tokens are begun anew."""
    user = _looked_after(user, by)
    user.is_active = True
    _write(user, "is_active")
    record("restore", user, by=by)
    return user


@transaction.atomic
def drop_second_factor(user: User, *, by: User) -> User:
    """Forget a person's authenticator and recovery codes, as after a lost telephone; the password stays.

    Raises `ValidationError` for one's own account and for somebody without second factor.
    """
    refuse_others(by)
    if user.pk == by.pk:
        raise ValidationError(_("You change your own second factor on your account page."), code="own_account")
    (user,) = locked(user)
    dropped, _by_model = Authenticator.objects.filter(user=user).delete()
    if not dropped:
        raise ValidationError(_("%(user)s has no second factor.") % {"user": user.username}, code="no_second_factor")
    record("drop_second_factor", user, by=by)
    return user


@transaction.atomic
def change_profile(user: User, *, full_name: str, email: str, language: str, by: User) -> User:
    """Change name, e-mail or language of mails: one's own, or anybody's as an administrator.

    A new e-mail address is told to the old one, so that nobody's way to a new password is moved unseen.
    """
    if user.pk != by.pk:
        refuse_others(by)
    (user,) = locked(user)
    old_email, email = user.email, (email or "").lower()
    new = {"full_name": full_name, "email": email, "language": language}
    changed = sorted(name for name, value in new.items() if getattr(user, name) != value)
    if not changed:
        return user
    for name in changed:
        setattr(user, name, new[name])
    user.full_clean()
    user.save(update_fields=changed)
    record("change_profile", user, by=by, fields=changed)
    if "email" in changed and old_email:
        jobs.send_email_changed.enqueue(user.pk, old_email)
    return user


def look_in(user: User) -> None:
    """Remember that somebody sees what waits for them. No deed, and only the last time: nobody is watched."""
    User.objects.filter(pk=user.pk).update(looked_in_at=timezone.now())


@transaction.atomic
def set_password(user: User, password: str) -> User:
    """Give somebody the new password that they chose. Sessions and tokens of the old one end, and the owner is told."""
    is_first = not user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    ended = _end_tokens(user)
    record("set_password", user, by=user, tokens=ended)
    if user.email and not is_first:
        jobs.send_password_set.enqueue(user.pk, ended)
    return user


def _end_access(user: User) -> int:
    """End every session and token of somebody; gives how many tokens."""
    user.signed_out_at = timezone.now()
    user.save(update_fields=["signed_out_at"])
    return _end_tokens(user)


def _end_tokens(user: User) -> int:
    CalendarAddress.objects.filter(user=user).delete()
    ended, _by_model = ApiKey.objects.filter(user=user).delete()
    return ended


@transaction.atomic
def create_token(user: User, *, name: str, scope: str, days: int, by: User) -> tuple[ApiKey, str]:
    """Make an API token that ends after `days`. Returns (key, token); the token itself is kept nowhere.

    Raises `PermissionDenied` unless it is one's own, `ValidationError` when the person has too many.
    """
    if user.pk != by.pk:
        raise PermissionDenied(_("Tokens are made by their owner."))
    locked(user)  # two at the same time must not both be the last one allowed
    limit = knox_settings.TOKEN_LIMIT_PER_USER
    if ApiKey.objects.filter(user=user, expiry__gt=timezone.now()).count() >= limit:
        raise ValidationError(
            ngettext(
                "You have %(limit)s token already. Revoke it first.",
                "You have %(limit)s tokens already. Revoke one first.",
                limit,
            )
            % {"limit": limit},
            code="too_many_tokens",
        )
    key, token = ApiKey.objects.create(user, expiry=timedelta(days=days), name=name, scope=scope)
    record("create_token", user, by=by, token=name, scope=scope, key=key.short_key)
    return key, token


@transaction.atomic
def revoke_token(key: ApiKey, *, by: User) -> None:
    """Take an API token away, at once: one's own, or anybody's as an administrator."""
    if key.user_id != by.pk:
        refuse_others(by)
    record("revoke_token", key.user, by=by, token=key.name, key=key.short_key)
    key.delete()


@transaction.atomic
def make_calendar_address(user: User, *, by: User) -> str:
    """Make the secret address of a person's due days, in place of an earlier one. Gives its token, kept nowhere.

    Raises `PermissionDenied` unless it is one's own.
    """
    if user.pk != by.pk:
        raise PermissionDenied(_("Calendar addresses are made by their owner."))
    locked(user)
    token = secrets.token_urlsafe(32)
    CalendarAddress.objects.filter(user=user).delete()
    CalendarAddress.objects.create(user=user, digest=CalendarAddress.digest_of(token))
    record("make_calendar_address", user, by=by)
    return token


@transaction.atomic
def end_calendar_address(user: User, *, by: User) -> None:
    """Take the address away, at once: one's own, or anybody's as an administrator. Without one nothing is done."""
    if user.pk != by.pk:
        refuse_others(by)
    ended, _by_model = CalendarAddress.objects.filter(user=user).delete()
    if ended:
        record("end_calendar_address", user, by=by)


@transaction.atomic
def be_away(user: User, *, first_day: datetime.date, last_day: datetime.date, stand_in: User, by: User) -> Absence:
    """Say from when to when one is away, and who stands in; what is there of these days is refused.

    Raises `PermissionDenied` unless it is one's own, `ValidationError` at last_day, first_day or stand_in.
    """
    if user.pk != by.pk:
        raise PermissionDenied(_("Everybody says for themselves when they are away."))
    locked(user)
    problems = {}
    if last_day < max(first_day, timezone.localdate()):
        problems["last_day"] = ValidationError(_("This is before the first day, or has passed."), "order")
    elif (last_day - first_day).days >= settings.LONGEST_LEAVE_DAYS:
        text = _(
            "At most %(most)s days at one time. Check the year; for a longer leave, say so again then, or ask an"
            " administrator to hand your work over."
        )
        problems["last_day"] = ValidationError(text, "long", {"most": settings.LONGEST_LEAVE_DAYS})
    if Absence.objects.standing().filter(user=user, first_day__lte=last_day, last_day__gte=first_day).exists():
        problems["first_day"] = ValidationError(
            _("You are away on some of these days already. Call that off first."), "twice"
        )
    if not may_stand_in(stand_in, user):
        text = _("%(person)s cannot do all that you do. Choose a colleague with the same rights and regency.")
        problems["stand_in"] = ValidationError(text, "rights", {"person": stand_in})
    if problems:
        raise ValidationError(problems)
    absence = Absence.objects.create(user=user, first_day=first_day, last_day=last_day, stand_in=stand_in)
    record("be_away", user, by=by, why=f"{formats.day(first_day)} – {formats.day(last_day)}: {stand_in}")
    return absence


@transaction.atomic
def call_off(absence: Absence, *, by: User) -> None:
    """Be there after all, or back sooner. Raises `PermissionDenied` unless it is one's own."""
    if absence.user_id != by.pk:
        raise PermissionDenied(_("Everybody says for themselves when they are away."))
    if Absence.objects.standing().filter(pk=absence.pk).update(ended_at=timezone.now()):
        record("call_off_absence", absence.user, by=by)
