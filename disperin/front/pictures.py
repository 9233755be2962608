"""The pictures that shared links show (Open Graph): drawn on the server, with a photograph or the cloth of the record.

The address holds the version, so it changes when the record does; drawings are kept as answers are, and nobody has more
of them drawn than a person could share.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from disperin.attachments.models import Attachment
from disperin.figures.cuts import NoSuchCut, cut_named, figure_of
from disperin.papers.share import ShareCard, share_picture
from disperin.regions.models import Regency
from disperin.registers.api.drawing import drawn
from disperin.registers.lists.caching import A_MINUTE, KeptOfAll
from disperin.registers.lists.regency_names import slugs
from disperin.registers.models import Record
from disperin.registers.record import directory, reference
from disperin.registers.record.numbers import NUMBER
from disperin.ui.formats import day
from disperin.ui.motif import draw
from industries.models import Product

from .figure_cards import NoSuchFigure, of_cut, own_figure

PHOTO_WIDTH = 960  # pixels
REGENCY = "daerah"  # before the name of a regency, whose page it is of
FIGURE = "angka-"  # before register and facet of a figure, as in angka-awards-regency
PORTAL = "portal"  # of every page that is neither record nor list


class _Picture(KeptOfAll):
    max_age = A_MINUTE

    def drawn(self, card: ShareCard, photo: bytes | None, cloth: str) -> HttpResponse:
        """The picture; 429 for whoever has too many of them drawn."""
        return drawn(self.request, lambda: share_picture(card, photo, cloth="" if photo else draw(cloth)), "image/jpeg")


class RecordPicture(_Picture):
    """`/gambar/<slug>/<number>-v<version>.jpg`: one public record; an earlier version leads to the present one."""

    def get(self, request: HttpRequest, slug: str, number: str, version: int) -> HttpResponse:
        register = directory.find_public(slug)
        if register is None or "\x00" in number:
            raise Http404
        known = register.model.objects.seen_by(AnonymousUser()).select_related("regency")
        record = known.filter(number=number).first()
        if record is None:
            raise Http404
        if record.version != version:
            return redirect("front:record-picture", slug=slug, number=number, version=record.version)
        card = _card(str(settings.PROVINCE), title=str(record), place=record.regency.name)
        return self.drawn(card, _photo_of(record), record.number)


class ProductPicture(_Picture):
    """`/gambar/produk/<number>-v<version>.jpg`: one product, with the version of its maker, as of a record."""

    def get(self, request: HttpRequest, number: str, version: int) -> HttpResponse:
        shown = Product.objects.shown().select_related("photo", "establishment__regency")
        product = shown.filter(number=number).first() if NUMBER.fullmatch(number) else None
        if product is None:
            raise Http404
        maker = product.establishment
        if maker.version != version:
            return redirect("front:product-picture", number=number, version=maker.version)
        card = _card(str(settings.PROVINCE), title=product.name, maker=maker.name, place=maker.regency.name)
        return self.drawn(card, _photo_of(product), number)


class PagePicture(_Picture):
    """`/gambar/<name>.jpg`: a list of a register, a figure, the page of a regency, or the portal as a whole."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        if name.startswith(FIGURE):
            return self._figure(name)
        titles = {register.slug: capfirst(str(register.label)) for register in directory.public_registers()}
        titles[PORTAL] = str(settings.PROVINCE.home.title)
        titles |= {f"{REGENCY}-{slug}": reference.row_of(Regency, code).name for code, slug in slugs().items()}
        if name not in titles:
            raise Http404
        return self.drawn(_card("", title=titles[name], place=str(settings.PROVINCE)), None, name)

    def _figure(self, name: str) -> HttpResponse:
        """What a figure finds, under what it counts; the day of the drawing stands on it."""
        called = name.removeprefix(FIGURE)
        try:
            figure = own_figure(called)
        except NoSuchFigure:
            try:
                figure = of_cut(figure_of(cut_named(*called.partition("-")[::2])))
            except NoSuchCut as error:
                raise Http404 from error
        finding, on = figure.finding or figure.title, day(timezone.localdate())
        card = _card(figure.title, title=finding, maker=figure.unchecked, place=on)
        return self.drawn(card, None, name)


def _card(heading: str, *, title: str, place: str, maker: str = "") -> ShareCard:
    return ShareCard(
        heading=heading.upper(),
        grade="",
        title=title,
        maker=maker,
        place=place,
        source=settings.PROVINCE.portal + (f" – {gettext('SAMPLE')}" if settings.DEMO else ""),
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
    )


def _photo_of(record: Record | Product) -> bytes | None:
    photo: Attachment | None = getattr(record, "photo", None)
    return photo.public_content(PHOTO_WIDTH) if photo else None
