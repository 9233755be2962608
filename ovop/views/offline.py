"""Checking a star without a connection: the page, what it needs to know of the day, and the worker that keeps both."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from disperin.registers.lists.caching import Kept
from disperin.registers.record.revisions import REFERENCE
from ovop import actions, rules
from ovop.models import Scheme

CACHE = "star-check"  # in the browser; the worker removes what an earlier release kept
STYLES = (
    "vendor/bootstrap.min.css", "css/tokens.css", "province/colours.css", "css/base.css", "css/components.css",
    "css/pages.css", "css/ovop.css",
)  # fmt: skip
DRAWN = ("province/favicon.svg", "province/mark.svg", "province/band.svg", "img/icons.svg")
SCRIPTS = ("js/theme.js", "js/star-offline.js", "js/rules/stars.js")


class OfflineCheck(Kept, TemplateView):
    """`/v/luring/`: checks the signature in the browser itself, and says of which day the rest is known."""

    reads = (REFERENCE,)
    template_name = "ovop/offline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(verdicts=list(rules.Verdict), **kwargs)


class LabelState(Kept, View):
    """`/v/keadaan.json`: which labels do not plainly stand today; all others with a good signature do."""

    reads = ("awards", "establishments", REFERENCE)

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        earlier = [scheme.pk for scheme in Scheme.objects.order_by("pk") if not scheme.is_in_force(today.year)]
        answer = {"as_of": today.isoformat(), "labels": actions.exceptions_today(), "earlier_schemes": earlier}
        return JsonResponse(answer)


class Worker(Kept, View):
    """`/v/pekerja.js`: keeps the page and its data for `/v/…`, in the language of the address, and nothing else."""

    reads = ()

    def get(self, request: HttpRequest) -> HttpResponse:
        data = [reverse("ovop:label-state"), reverse("ovop-keys")]
        files = [reverse("ovop:offline"), *data, *map(static, (*STYLES, *DRAWN, *SCRIPTS))]
        kept = {"cache": f"{CACHE}-{settings.RELEASE}", "prefix": CACHE, "page": files[0], "data": data, "files": files}
        script = f"self.KEPT = {json.dumps(kept)};\nimportScripts({json.dumps(static('js/star-worker.js'))});\n"
        return HttpResponse(script, content_type="text/javascript; charset=utf-8")
