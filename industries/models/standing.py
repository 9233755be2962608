"""Which rows still stand: products that are made, and what covers them."""

import datetime
from collections.abc import Sequence
from contextlib import suppress
from typing import Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from disperin.regions.reach import Insider
from industries import rules


class ProductQuerySet(models.QuerySet):
    """Products of establishments."""

    def made(self) -> Self:
        """Products that are still made, of open establishments that have not closed down."""
        return self.filter(closed_on=None, active=True, establishment__closed_on=None).exclude(
            establishment__activity=rules.Activity.CLOSED
        )

    def shown(self) -> Self:
        """Products that have a page which everybody may open, made today or not."""
        return self.filter(hidden=False, closed_on=None, establishment__hidden=False, establishment__closed_on=None)

    def listed(self) -> Self:
        """What everybody finds: products that are made and shown, of open establishments that are shown."""
        return self.shown().filter(active=True)

    def named(self, names: Sequence[str]) -> Self:
        """Those that go by these names, each a number or a key; what can be neither names none."""
        keys = []
        for name in names:
            with suppress(ValueError):
                keys.append(UUID(name))
        return self.filter(Q(number__in=names) | Q(key__in=keys))

    def within_reach(self, user: Insider | AnonymousUser) -> Self:
        """As of ReachQuerySet: a product lies where its establishment lies."""
        if not user.is_authenticated:
            return self.none()
        return self if user.sees_all else self.filter(establishment__regency=user.regency_id)


class HalalCoverQuerySet(models.QuerySet):
    """Which certification covers which product. Closed rows, and those of closed records, do not count."""

    def standing(self) -> Self:
        """Rows that count at all."""
        return self.filter(closed_on=None, certification__closed_on=None)

    def running(self, on: datetime.date) -> Self:
        """Those whose certificate is valid on a day; as `rules.is_running`."""
        changed = Q(
            certification__recomposed_on__gte=F("certification__issued_on"), certification__recomposed_on__lte=on
        )
        return (
            self.standing()
            .filter(certification__issued_on__lte=on)
            .filter(Q(certification__valid_until=None) | Q(certification__valid_until__gte=on))
            .filter(Q(certification__revoked_on=None) | Q(certification__revoked_on__gt=on))
            .filter(Q(certification__recomposed_on=None) | ~changed)
        )
