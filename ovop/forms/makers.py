"""What may be proposed about a product of a maker: the fields and choices that awards and nominations share."""

from typing import cast

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from disperin.registers.gate.columns import of_column
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import Reference
from industries.forms.maker import ESTABLISHMENT_LIST, MakerForm, MakerReference
from industries.models import Establishment
from ovop.models import AwardRound


class OfProductForm(MakerForm):
    """A record of a product, whose maker is named first."""

    establishment = of_column(
        MakerReference,
        queryset=Establishment.objects.select_related("regency"),  # also of a maker that is closed by now
        widget=CodeInput(ESTABLISHMENT_LIST),
        help_text=format_lazy(
            gettext_lazy("Register number such as {number}. Save the draft, then choose the product."),
            number=settings.PROVINCE.example.number,
        ),
    )
    product = of_column(widget=forms.Select)
    round = of_column(queryset=AwardRound.objects.select_related("scheme"))

    def narrow(self, regency: str | None, *, district: str | None = None, options_url: str = "") -> None:
        """The products of the maker that was named, those still open and the one that is chosen."""
        super().narrow(regency, district=district, options_url=options_url)
        maker, chosen = self["establishment"].value(), self["product"].value()
        product = cast(Reference, self.fields["product"])
        products = product.queryset.filter(establishment__number=str(maker or ""))
        product.queryset = products
        product.choices = [
            ("", product.empty_label),
            *((str(row.key), row.name) for row in products if row.closed_on is None or str(row.key) == str(chosen)),
        ]
        if options_url:
            self.fields["establishment"].widget.attrs |= {
                "hx-get": f"{options_url}?field=product",
                "hx-target": "#id_product",
                "hx-swap": "outerHTML",
                "hx-trigger": "change",
            }
