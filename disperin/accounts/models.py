"""People and their roles. What a role may do is one line each; groups and permissions are not used."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from disperin.regions.models import Regency


class Role(models.TextChoices):
    OFFICER = "officer", _("Regency officer")
    VERIFIER = "verifier", _("Provincial verifier")
    HEAD = "head", _("Head of office")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        # E-mail addresses are kept in small letters: sign-in by e-mail compares them exactly.
        fields["email"] = (fields.get("email") or "").lower()
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, **{**fields, "role": Role.ADMINISTRATOR})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person with exactly one role; an officer has exactly one regency, nobody else has one."""

    username = models.CharField(
        _("username"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This username is taken.")},
    )
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    regency = models.ForeignKey(
        Regency, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("regency/city")
    )
    language = models.CharField(
        _("language of e-mails"), max_length=2, choices=[("id", _("Indonesian")), ("en", _("English"))], default="id"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    signed_out_at = models.DateTimeField(null=True, editable=False)  # sessions that began before are over
    looked_in_at = models.DateTimeField(null=True, editable=False)  # when they last saw what waits for them

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="an_officer_has_exactly_one_regency",
                condition=Q(role=Role.OFFICER, regency__isnull=False)
                | (~Q(role=Role.OFFICER) & Q(regency__isnull=True)),
                violation_error_message=_("An officer belongs to one regency; nobody else has one."),
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_per_username",
                violation_error_message=_("This username is taken."),
            ),
            models.UniqueConstraint(
                name="one_account_per_e_mail",
                fields=["email"],
                condition=~Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0] if self.full_name else self.username

    # A session stands as long as this text stays: it changes with the password and when access is ended.

    def get_session_auth_hash(self) -> str:
        return self._since_signed_out(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._since_signed_out, super().get_session_auth_fallback_hash())

    def _since_signed_out(self, session_hash: str) -> str:
        return f"{session_hash}.{self.signed_out_at.isoformat()}" if self.signed_out_at else session_hash

    # The table of rights in `docs/architecture.md`, one property a column.

    @property
    def can_propose(self) -> bool:
        return self.role in {Role.OFFICER, Role.VERIFIER, Role.ADMINISTRATOR}

    @property
    def can_decide(self) -> bool:
        return self.role == Role.VERIFIER

    @property
    def can_publish(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def can_close(self) -> bool:
        """Whether they close quarters: whoever verifies answers for what the figures rest on."""
        return self.can_decide

    @property
    def sees_all(self) -> bool:
        return self.role in {Role.VERIFIER, Role.HEAD, Role.ADMINISTRATOR}

    @property
    def can_share(self) -> bool:
        """Whether their saved views may be shared with all whose reach is the same; whoever only reads keeps theirs."""
        return self.can_propose

    @property
    def needs_second_factor(self) -> bool:
        """Whoever decides or publishes for the province signs in with a second factor (where that is required)."""
        return self.can_decide or self.can_publish

    # What the admin asks for.

    @property
    def is_staff(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_superuser(self) -> bool:
        return self.is_staff

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.is_staff

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return self.has_perm("")

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm("")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> Self:
        """Those that were not called off."""
        return self.filter(ended_at__isnull=True)

    def on(self, day: datetime.date) -> Self:
        """Those that a day lies in."""
        return self.standing().filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """From when to when somebody is away, and who stands in: what waits for the one is offered to the other.

    Standing in gives no right: who stands in has every right and all of the reach already (`may_stand_in`).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who stands in"))
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))
    ended_at = models.DateTimeField(null=True)  # called off

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_begins", condition=Q(last_day__gte=models.F("first_day"))
            ),
            models.CheckConstraint(name="somebody_else_stands_in", condition=~Q(stand_in=models.F("user"))),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.first_day.isoformat()} – {self.last_day.isoformat()}"


def may_stand_in(other: User, user: User) -> bool:
    """Whether `other` has every right and all of the reach of `user` already, so that standing in gives neither."""
    rights = ("can_propose", "can_decide", "can_publish", "sees_all")
    has_all = all(getattr(other, right) or not getattr(user, right) for right in rights)
    return (
        other.is_active and other.pk != user.pk and has_all and (other.sees_all or other.regency_id == user.regency_id)
    )


def stand_ins_for(user: User) -> list[User]:
    """Who may stand in for somebody, those of the same role first."""
    people = User.objects.filter(is_active=True).select_related("regency").order_by("full_name", "pk")
    return sorted(
        (person for person in people if may_stand_in(person, user)), key=lambda person: person.role != user.role
    )


def represented_by(user: User, day: datetime.date) -> list[Absence]:
    """For whom somebody stands in on a day, each with the person; not for whom their rights do not suffice any more."""
    absences = Absence.objects.on(day).filter(stand_in=user).select_related("user__regency").order_by("last_day", "pk")
    return [absence for absence in absences if may_stand_in(user, absence.user)]


class ApiKey(AbstractAuthToken):
    """A person's token for the API: hashed, named, with an end and a scope. Shown once, when it is made."""

    class Scope(models.TextChoices):
        READ = "read", _("read only")
        WRITE = "write", _("read and write")

    name = models.CharField(_("name"), max_length=60)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope, default=Scope.READ)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_key(self) -> str:
        """The first characters of the token, enough for its owner to tell it from another."""
        return self.token_key[:8]

    @property
    def is_expired(self) -> bool:
        return self.expiry is not None and self.expiry <= timezone.now()


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def owner_of(self, token: str) -> User | None:
        """The person whose calendar is read with a token, or None; an account that is suspended has none."""
        addresses = self.filter(digest=CalendarAddress.digest_of(token))
        return User.objects.filter(calendar_address__in=addresses, is_active=True).first()


class CalendarAddress(models.Model):
    """The secret address under which programs read a person's due days: hashed, shown once, at most one for each."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)

    @staticmethod
    def digest_of(token: str) -> str:
        """What is kept of a token: it is 32 bytes of chance, so that nobody finds it by trying."""
        return hashlib.sha256(token.encode()).hexdigest()
