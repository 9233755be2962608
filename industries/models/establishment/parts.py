"""What stands with an establishment: its products and its documents."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disperin.attachments.models import Attachment
from disperin.history.versions import versioned
from disperin.registers.models import Part
from disperin.registers.record.indexes import search_index, word_index
from disperin.registers.values.audience import Audience
from disperin.ui.texts import Text
from industries import rules
from industries.models.codes import KbliClass
from industries.models.standing import ProductQuerySet

from .record import Establishment


def _asked(choices: type[models.TextChoices]) -> list[Any]:
    """The answers to a question, with that of nobody having asked yet."""
    return [("", _("Not asked")), *choices.choices]


def _answer(label: Text, help_text: Text) -> models.CharField:
    return models.CharField(label, max_length=3, choices=_asked(rules.YesNo), blank=True, help_text=help_text)


_LACKS = {"brand": Q(brand=""), "permits": Q(permits=[]), "halal": Q(halal_category=""), "photo": Q(photo=None)}


class PartOfEstablishment(Part):
    parent = "establishment"

    class Meta(Part.Meta):
        abstract = True


@versioned()
class Product(PartOfEstablishment):
    """What an establishment makes. Its key and its number last, whatever becomes of it and its maker."""

    prefix = "PRD"
    in_use = Q(closed_on=None, active=True)
    audience = Audience(
        public=(
            "key", "number", "position", "name", "brand", "category", "halal_category", "animal_origin",
            "goes_with_food", "risk_class", "forbidden_material", "description_id", "description_en", "photo", "unit",
            "kbli", "hs_code", "permits", "active", "closed_on",
        ),
        inside=("id", "establishment", "forbidden_evidence", "yearly_capacity", "domestic_share", "export_share"),
        steady=("forbidden_material",),
        personal=(("photo",),),
    )  # fmt: skip

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="products", editable=False)
    number = models.CharField(_("product number"), max_length=20, unique=True, editable=False)
    name = models.CharField(_("name of the product"), max_length=150)
    brand = models.CharField(_("brand"), max_length=80, blank=True)
    category = models.CharField(_("category"), max_length=80, blank=True)
    halal_category = models.CharField(_("halal category"), max_length=24, choices=rules.HalalCategory, blank=True)
    animal_origin = _answer(
        _("contains animal parts"), _("Asked of consumer goods: only then they need a certificate.")
    )
    goes_with_food = _answer(
        _("goes with food, drink, medicine or cosmetics"), _("Asked of chemical products: only then they need one.")
    )
    risk_class = models.CharField(
        _("risk class"), max_length=1, choices=_asked(rules.RiskClass), blank=True, help_text=_("Of medical devices.")
    )
    forbidden_material = models.CharField(
        _("forbidden material"),
        max_length=120,
        blank=True,
        help_text=_("Only of products that must say “tidak halal”: which material. They need no certificate."),
    )
    forbidden_evidence = models.CharField(
        _("evidence of the forbidden material"),
        max_length=200,
        blank=True,
        help_text=_("What shows it: the composition on the label, or a test report with number and day."),
    )
    description_id = models.TextField(_("description (Indonesian)"), max_length=1000, blank=True)
    description_en = models.TextField(_("description (English)"), max_length=1000, blank=True)
    photo = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("photograph")
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    yearly_capacity = models.PositiveBigIntegerField(
        _("capacity per year"), null=True, blank=True, validators=[MaxValueValidator(10**12)]
    )
    kbli = models.ForeignKey(KbliClass, models.PROTECT, null=True, blank=True, verbose_name=_("KBLI"), related_name="+")
    hs_code = models.CharField(_("HS code"), max_length=8, blank=True, help_text=_("8 digits."))
    domestic_share = models.DecimalField(_("sold at home"), max_digits=5, decimal_places=2, null=True, blank=True)
    export_share = models.DecimalField(_("exported"), max_digits=5, decimal_places=2, null=True, blank=True)
    permits = ArrayField(
        models.CharField(max_length=60), verbose_name=_("permits (PIRT, BPOM)"), default=list, blank=True
    )
    active = models.BooleanField(_("still made"), default=True)

    objects = ProductQuerySet.as_manager()

    class Meta(PartOfEstablishment.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes = [
            models.Index(fields=["establishment", "position", "id"], name="product_of_establishment"),
            models.Index(Lower("name"), "id", name="product_by_name", condition=Q(closed_on=None)),
            models.Index(
                Concat(Case(When(photo=None, then=Value("1")), default=Value("0")), Lower("name")),
                "id",
                name="product_gallery",
                condition=Q(closed_on=None),
            ),
            search_index(Lower("name"), name="product_search"),
            word_index("name", name="product_words"),
            *(
                models.Index(
                    fields=["establishment"],
                    name=f"product_no_{name}",
                    condition=Q(closed_on=None, active=True) & lacks,
                )
                for name, lacks in _LACKS.items()
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Checks the shares of sales, and what an exemption from the halal duty says."""
        rules.check_exemption(
            halal_category=self.halal_category,
            forbidden_material=self.forbidden_material,
            forbidden_evidence=self.forbidden_evidence,
        )
        rules.check_shares(domestic_share=self.domestic_share, export_share=self.export_share)


@versioned()
class Document(PartOfEstablishment):
    """A licence, certificate or other paper of an establishment, with its scan. Never public."""

    audience = Audience(
        inside=(
            "id",
            "key",
            "position",
            "establishment",
            "kind",
            "number",
            "issued_on",
            "valid_until",
            "file",
            "closed_on",
        ),
        personal=(("number",), ("file",)),
    )

    establishment = models.ForeignKey(Establishment, models.PROTECT, related_name="documents", editable=False)
    kind = models.CharField(_("kind of document"), max_length=24, choices=rules.DocumentKind)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )

    class Meta(PartOfEstablishment.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                name="a_document_ends_after_it_begins",
                condition=Q(issued_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                violation_error_message=_("A document cannot end before it is issued."),
            )
        ]
        indexes = [
            models.Index(
                fields=["valid_until", "id"],
                name="document_by_end",
                condition=Q(closed_on__isnull=True, valid_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def clean(self) -> None:
        """A paper is not issued on a day to come."""
        try:
            rules.check_day(self.issued_on, timezone.localdate())
        except ValidationError as error:
            raise ValidationError({"issued_on": error}) from error
