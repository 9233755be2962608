"""THE place for rights by region: whose reach includes which record. A queryset verb and its twin question."""

from typing import ClassVar, Literal, Protocol, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.regions.models import Regency


class Insider(Protocol):
    """Somebody with an account, as far as their reach depends on them."""

    @property
    def regency_id(self) -> str | None: ...

    @property
    def is_authenticated(self) -> Literal[True]: ...

    @property
    def sees_all(self) -> bool: ...


class InRegency(Protocol):
    """Whatever lies in a regency."""

    @property
    def regency_id(self) -> str | None: ...


class ReachQuerySet(models.QuerySet):
    """Rows that lie in a regency."""

    def within_reach(self, user: Insider | AnonymousUser) -> Self:
        """Only the rows that this user may see inside: all for the province, one regency for an officer.

        What is of the province concerns each office, and each reads it. What spans regencies is read by none.
        """
        if not user.is_authenticated:
            return self.none()
        if user.sees_all or getattr(self.model, "of_province", False):
            return self
        rows = self.filter(regency=user.regency_id)
        return rows.filter(spans_regencies=False) if issubclass(self.model, MaySpanRegencies) else rows


def reaches(user: Insider | AnonymousUser, record: InRegency) -> bool:
    """Does this user see inside that record? The same answer as `within_reach`, for one record at hand."""
    if isinstance(record, MaySpanRegencies) and record.spans_regencies:
        return user.is_authenticated and user.sees_all
    return reaches_regency(user, record.regency_id, of_province=getattr(record, "of_province", False))


def answers_for(user: Insider | AnonymousUser, record: InRegency) -> bool:
    """May this user say what is to become of that record? Whoever reaches it; of the province, who sees all of it."""
    return user.is_authenticated and (
        user.sees_all or (reaches(user, record) and not getattr(record, "of_province", False))
    )


def reaches_regency(user: Insider | AnonymousUser, regency: str | None, *, of_province: bool = False) -> bool:
    """As `reaches`, for whatever lies in the regency of this code."""
    return user.is_authenticated and (user.sees_all or of_province or regency == user.regency_id)


class HasRegency(models.Model):
    """Whatever lies in a regency has a real column for it, so that lists can be indexed by it."""

    of_province: ClassVar[bool] = False  # it concerns each regency: every office reads it, the province proposes it

    regency = models.ForeignKey(Regency, models.PROTECT, related_name="+", verbose_name=_("regency/city"))

    objects = ReachQuerySet.as_manager()

    class Meta:
        abstract = True


class MaySpanRegencies(HasRegency):
    """What is for one regency, yet may hold rows of others: then only whoever sees all of them opens it."""

    spans_regencies = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        abstract = True
