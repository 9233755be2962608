"""What may be proposed about an award."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.attachments.forms import AttachmentField
from disperin.regions.models import Regency
from disperin.registers.fields import CodeInput, Day, Reference, WholeNumber
from disperin.registers.forms import RecordForm
from industries.models import Establishment, Product
from ovop.models import Award, AwardRound, CommodityGroup
from ovop.models.schemes import MOST_STARS

MAKERS_LIST = "makers-list"
MOST_SUGGESTED = 300  # makers of a list to choose from; the number of any other is typed


def _label(name):
    return Award._meta.get_field(name).verbose_name


class AwardForm(RecordForm):
    """The form of the register `awards`. The regency is never chosen: it follows the maker."""

    regency = Reference(Regency.objects.all(), label=_label("regency"))
    establishment = Reference(
        Establishment.objects.select_related("regency"),
        to_field_name="number",
        widget=CodeInput(MAKERS_LIST),
        label=_label("establishment"),
        help_text=gettext_lazy("Register number such as IKM-6307-000123. Save the draft, then choose the product."),
    )
    product = Reference(Product.objects.all(), to_field_name="key", widget=forms.Select, label=_label("product"))
    group = Reference(CommodityGroup.objects.all(), label=_label("group"))
    round = Reference(AwardRound.objects.select_related("scheme"), label=_label("round"))
    stars = WholeNumber(
        min_value=1, max_value=MOST_STARS, label=_label("stars"), help_text=gettext_lazy("As the decree says.")
    )
    decree_on = Day(label=_label("decree_on"))
    decree = AttachmentField(kind="document", required=False, label=_label("decree"))
    valid_until = Day(
        required=False, label=_label("valid_until"), help_text=Award._meta.get_field("valid_until").help_text
    )
    state_on = Day(required=False, label=_label("state_on"))

    class Meta:
        model = Award
        fields = [
            "regency", "establishment", "product", "group", "round", "stars", "decree_number", "decree_on", "decree",
            "certificate_number", "valid_until", "state", "state_on", "state_reason",
        ]  # fmt: skip

    sections = (
        ("", ("regency", "establishment", "product", "group")),
        ("star", ("round", "stars", "decree_number", "decree_on", "decree", "certificate_number", "valid_until")),
        ("state", ("state", "state_on", "state_reason")),
    )
    section_titles = {
        "": gettext_lazy("The product"),
        "star": gettext_lazy("The star"),
        "state": gettext_lazy("How the star stands"),
    }

    regency_shown = None  # whose makers are suggested on a page

    def entered(self):
        """As of RecordForm; the regency is that of the maker, where one is named."""
        values, typed = super().entered()
        if self.is_bound and values["establishment"]:
            values["regency"] = self.fields["establishment"].to_python(values["establishment"]).regency_id
        return values, typed

    def clean(self):
        """Sets the regency that the maker lies in."""
        cleaned = super().clean()
        if cleaned.get("establishment"):
            cleaned["regency"] = cleaned["establishment"].regency
            self.errors.pop("regency", None)
        return cleaned

    def narrow(self, regency, *, district=None, options_url=""):
        """The products of the maker that was named, those still open and the one that is chosen."""
        self.regency_shown = regency
        maker, chosen = self["establishment"].value(), self["product"].value()
        products = self.fields["product"].queryset.filter(establishment__number=str(maker or ""))
        self.fields["product"].queryset = products
        self.fields["product"].choices = [
            ("", self.fields["product"].empty_label),
            *((str(one.key), one.name) for one in products if one.closed_on is None or str(one.key) == str(chosen)),
        ]
        if options_url:
            self.fields["establishment"].widget.attrs |= {
                "hx-get": f"{options_url}?field=product",
                "hx-target": "#id_product",
                "hx-swap": "outerHTML",
                "hx-trigger": "change",
            }

    def suggestions(self):
        """Makers of the regency, by name."""
        makers = Establishment.objects.current().filter(regency=self.regency_shown).order_by("name", "id")
        return {MAKERS_LIST: list(makers.values_list("number", "name")[:MOST_SUGGESTED])}

    def warnings(self):
        """Says when the gallery has no photograph to show."""
        award = self.instance
        if award.product.photo_id or award.establishment.photo_id:
            return []
        return [
            ("product", _("Neither the product nor its maker has a photograph. Add one: the gallery lives by them."))
        ]
