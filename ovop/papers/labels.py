"""What is drawn of an award: its label for the product, its picture for shared links."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from disperin.papers import labels
from disperin.papers.share import ShareCard, share_picture
from disperin.ui import colours
from ovop import rules
from ovop.models import Award, Label

LANGUAGE = "id"  # of labels: they are read in shops and markets of the province
PHOTO_WIDTH = 960  # pixels


class LabelForm(TextChoices):
    """The ways a label can be had."""

    A7 = "a7", _("A7 (105 × 74 mm), PDF")
    A4 = "a4", _("A4 sheet of 10, PDF")
    SVG = "svg", _("SVG, for designers of packaging")
    PNG = "png", _("PNG picture")

    @property
    def content_type(self) -> str:
        """The media type of the file."""
        return {LabelForm.SVG: "image/svg+xml", LabelForm.PNG: "image/png"}.get(self, "application/pdf")

    @property
    def ending(self) -> str:
        """How the file's name ends."""
        return {LabelForm.SVG: "svg", LabelForm.PNG: "png"}.get(self, "pdf")


def label_file(label: Label, award: Award, form: LabelForm) -> bytes:
    """The file of a label in a `LabelForm`, in Indonesian; sample data prints its mark on it."""
    with override(LANGUAGE):
        scheme = award.grade.scheme
        drawn = labels.StarLabel(
            title=gettext("OVOP label %(number)s") % {"number": award.number},
            stars=award.stars,
            most=scheme.max_stars,
            grade=gettext("Star %(stars)s of %(most)s") % {"stars": award.stars, "most": scheme.max_stars},
            scheme=str(scheme),
            product=award.product.name,
            maker=award.establishment.name,
            place=award.regency.name,
            number=award.number,
            scan=gettext("Scan to check"),
            hint=gettext("The right address begins with"),
            begins=f"{label.origin}/v/",
            address=label.address,
            emblem=colours.files(settings.PROVINCE)["mark.svg"],
            mark=gettext("SAMPLE") if settings.DEMO else "",
        )
    if form == LabelForm.A4:
        return labels.sheet(drawn)
    return labels.label(drawn, "pdf" if form == LabelForm.A7 else form.value)


def share_file(award: Award) -> bytes:
    """The share picture of an award as JPEG, in the language of the reader, with the maker's photograph if public."""
    stands = award.shown_state in rules.STANDING
    card = ShareCard(
        heading="OVOP",
        grade=str(award.grade) if stands else str(award.shown_state.label),
        title=award.product.name,
        maker=award.establishment.name,
        place=award.regency.name,
        source=settings.PROVINCE.portal + (f" – {gettext('SAMPLE')}" if settings.DEMO else ""),
        stars=award.stars if stands else 0,
        most=award.grade.scheme.max_stars if stands else 0,
        language=(get_language() or LANGUAGE)[:2],
    )
    return share_picture(card, award.photo.public_content(PHOTO_WIDTH) if award.photo else None)
