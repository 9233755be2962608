"""Cards of public records and figures for other web sites, each with a policy of its own.

They may be framed by anybody, and can do nothing there: no cookie, no script, no form, nothing of another host.
"""

from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.generic import TemplateView

from disperin.figures.cuts import REGENCY, NoSuchCut, cut_named, figure_of
from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.caching import A_MINUTE, KeptOfAll
from disperin.registers.record import directory
from disperin.registers.record.directory import Register

from .figure_cards import NoSuchFigure, of_cut, own_figure

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


class _Embedded(KeptOfAll, TemplateView):
    max_age = A_MINUTE

    @method_decorator([csp(POLICY), xframe_options_exempt])
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        """Drawn without the request: whoever is signed in is not known here."""
        shared = {"province": settings.PROVINCE, "sample_data": settings.DEMO}
        return HttpResponse(render_to_string(str(self.template_name), {**context, **shared}))


class RecordCard(_Embedded):
    """`/sematkan/<slug>/<number>/`: one record by its name, place and picture, with the way to its page."""

    template_name = "front/embed_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register, number = _open(self.kwargs["slug"]), self.kwargs["number"]
        if "\x00" in number:
            raise Http404
        record = register.model.objects.current().select_related("regency").filter(number=number).first()
        if record is None:
            raise Http404
        photo = getattr(record, "photo", None)
        return super().get_context_data(
            record=record,
            register=register,
            photo_url=photo.photo_url(480) if photo else "",
            address=record_address(register, getattr(record, register.model.named_by)),
            **kwargs,
        )


class FigureCard(_Embedded):
    """`/sematkan/<slug>/`, `/sematkan/<slug>/angka/<facet>/`: a figure of a register, by regency or by another facet.

    It says what it finds, its source and its day; its bars are words, too, and it leads to the page with all its rows.
    """

    template_name = "front/embed_figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register = _open(self.kwargs["slug"])
        try:
            figure = figure_of(cut_named(register.slug, self.kwargs.get("facet", REGENCY)))
        except NoSuchCut as error:
            raise Http404 from error
        return super().get_context_data(card=of_cut(figure), **kwargs)


class OwnFigureCard(_Embedded):
    """`/sematkan/angka/<name>/`: a figure that is no cut of a register: halal, green industry, states of the stars."""

    template_name = "front/embed_figure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            card = own_figure(self.kwargs["name"])
        except NoSuchFigure as error:
            raise Http404 from error
        return super().get_context_data(card=card, **kwargs)


def _open(slug: str) -> Register:
    register = directory.find_public(slug)
    if register is None:
        raise Http404
    return register
