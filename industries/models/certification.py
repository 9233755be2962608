"""What certifications of makers share: they lie where the maker lies, and are public once a certificate is issued."""

from typing import Any, Self, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disperin.regions.reach import Insider
from disperin.registers.models import Record, RecordQuerySet
from disperin.registers.values.point import Point

ISSUED = ~Q(certificate_number="")


class CertificationQuerySet(RecordQuerySet):
    def unclosed(self) -> Self:
        """As of Record, of certificates that have been issued. An application is not public."""
        return super().unclosed().filter(ISSUED)

    def seen_by(self, user: Insider | AnonymousUser) -> Self:
        """Issued certificates, and within somebody's reach also those that are not issued yet."""
        certificates = super().seen_by(user)
        if not user.is_authenticated:
            return certificates.filter(ISSUED)
        return certificates if user.sees_all else certificates.filter(ISSUED | Q(regency=user.regency_id))


class Certification(Record):
    """A record with an `establishment` and a `certificate_number`, which is empty until the certificate is issued."""

    regency_from = "establishment"
    point = Point(
        "establishment__public_latitude", "establishment__public_longitude", "establishment__public_point",
        name="establishment__name", note=("certificate_number", "regency__name"),
    )  # fmt: skip

    stage_on = models.DateField(_("at this stage since"))
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason of the revocation"), max_length=250, blank=True)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name of the maker, which is the name that people look for."""
        return cast(Any, self).establishment.name

    @property
    def is_listed(self) -> bool:
        """As of Record; an application without certificate is in no list either."""
        return super().is_listed and self.is_public

    @property
    def is_public(self) -> bool:
        """As of Record; an application without certificate is nobody's business."""
        return super().is_public and bool(cast(Any, self).certificate_number)
