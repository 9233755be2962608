"""What may be proposed about a product of a maker: the fields and choices that awards and nominations share."""

from django import forms
from django.utils.translation import gettext_lazy

from disperin.regions.models import Regency
from disperin.registers.fields import CodeInput, Reference
from disperin.registers.forms import RecordForm
from industries.models import Establishment, Product
from ovop.models import Award, AwardRound, CommodityGroup

MAKERS_LIST = "makers-list"
MOST_SUGGESTED = 300  # makers of a list to choose from; the number of any other is typed


def label_of(name, model=Award):
    """What a column is called."""
    return model._meta.get_field(name).verbose_name


class OfProductForm(RecordForm):
    """A record of a product. The regency is never chosen: it follows the maker."""

    regency = Reference(Regency.objects.all(), label=label_of("regency"))
    establishment = Reference(
        Establishment.objects.select_related("regency"),
        to_field_name="number",
        widget=CodeInput(MAKERS_LIST),
        label=label_of("establishment"),
        help_text=gettext_lazy("Register number such as IKM-6307-000123. Save the draft, then choose the product."),
    )
    product = Reference(Product.objects.all(), to_field_name="key", widget=forms.Select, label=label_of("product"))
    group = Reference(CommodityGroup.objects.all(), label=label_of("group"))
    round = Reference(AwardRound.objects.select_related("scheme"), label=label_of("round"))

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
