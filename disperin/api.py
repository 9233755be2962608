"""The REST API: every resource by name, its description (OpenAPI 3.1), and the pages that show it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, path, re_path, resolve
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from disperin.assistance.filters import AssistanceFilter
from disperin.assistance.models import Assistance
from disperin.attachments.api import AttachmentViewSet
from disperin.closes.api import CloseViewSet
from disperin.commitments.filters import CommitmentFilter, ForumFilter
from disperin.commitments.models import Commitment, Forum
from disperin.coverage.api import OutsideLineViewSet, OutsideListViewSet, OutsideTaskViewSet
from disperin.duplicates.api import PairViewSet
from disperin.figures.api import FigureViewSet, LeagueViewSet, WhyChanged
from disperin.figures.inside_api import InsideSumsViewSet
from disperin.inquiries.api import InquiryViewSet
from disperin.mydata.api import LackTaskViewSet
from disperin.news.filters import NewsFilter
from disperin.news.models import News
from disperin.planning.filters import IndicatorFilter
from disperin.planning.models import Indicator
from disperin.registers.api import plain
from disperin.registers.api.places import DistrictViewSet, RegencyViewSet, VillageViewSet
from disperin.registers.api.schema import DescribedOnce
from disperin.registers.api.viewsets import RegisterViewSet
from disperin.registers.lists.caching import Kept
from disperin.registers.record import directory
from disperin.reports.filters import QuarterlyReportFilter
from disperin.reports.models import QuarterlyReport
from disperin.search.api import SearchEverything
from disperin.submissions.api import SubmissionViewSet
from disperin.submissions.batches.api import BatchViewSet
from disperin.submissions.hidden_api import HiddenViewSet
from disperin.supervision.filters import InspectionFilter
from disperin.supervision.models import Inspection
from disperin.tasks.api import ColleagueViewSet
from disperin.workbooks.api.fetched_files import ExportFile, RegisterExport, RegisterTemplate
from disperin.workbooks.api.sent_files import WorkbookViewSet
from industries.api import (
    ClusterViewSet,
    EstablishmentViewSet,
    GreenViewSet,
    HalalTaskViewSet,
    HalalViewSet,
    KbliViewSet,
    ProductViewSet,
    ServiceViewSet,
)
from ovop.api import AwardViewSet, NominationViewSet, Verify
from zones.api import (
    MilestoneViewSet,
    PartnershipViewSet,
    PlotViewSet,
    ProjectViewSet,
    ZoneIssueViewSet,
    ZoneViewSet,
)

router = SimpleRouter(use_regex_path=False)
router.register("establishments", EstablishmentViewSet, "establishment")
router.register("services", ServiceViewSet, "service")
router.register("products", ProductViewSet, "product")
router.register("clusters", ClusterViewSet, "cluster")
router.register("halal", HalalViewSet, "halalcertification")
router.register("green", GreenViewSet, "greencertification")
router.register("awards", AwardViewSet, "award")
router.register("nominations", NominationViewSet, "nomination")
router.register("zones", ZoneViewSet, "zone")
router.register("projects", ProjectViewSet, "project")
router.register("plots", PlotViewSet, "plot")
router.register("milestones", MilestoneViewSet, "milestone")
router.register("issues", ZoneIssueViewSet, "zoneissue")
router.register("partnerships", PartnershipViewSet, "partnership")
router.register("news", plain.viewset_of(News, NewsFilter), "news")
router.register("assistance", plain.viewset_of(Assistance, AssistanceFilter), "assistance")
router.register("reports", plain.viewset_of(QuarterlyReport, QuarterlyReportFilter), "quarterlyreport")
router.register("inspections", plain.viewset_of(Inspection, InspectionFilter), "inspection")
router.register("forums", plain.viewset_of(Forum, ForumFilter), "forum")
router.register("commitments", plain.viewset_of(Commitment, CommitmentFilter), "commitment")
router.register("indicators", plain.viewset_of(Indicator, IndicatorFilter), "indicator")
for register in directory.all_registers():
    if register.slug not in {prefix for prefix, _viewset, _basename in router.registry}:
        router.register(register.slug, plain.viewset_of(register.model), register.model._meta.model_name)
router.register("regencies", RegencyViewSet, "regency")
router.register("districts", DistrictViewSet, "district")
router.register("villages", VillageViewSet, "village")
router.register("kbli", KbliViewSet, "kbliclass")
router.register("registers", RegisterViewSet, "register")
router.register("figures/quality", LeagueViewSet, "quality")
router.register("figures/inside", InsideSumsViewSet, "insidesums")
router.register("figures", FigureViewSet, "figure")
router.register("closes", CloseViewSet, "close")
router.register("submissions", SubmissionViewSet, "submission")
router.register("batches", BatchViewSet, "batch")
router.register("pairs", PairViewSet, "pair")
router.register("hidden", HiddenViewSet, "hidden")
router.register("workbooks", WorkbookViewSet, "workbook")
router.register("attachments", AttachmentViewSet, "attachment")
router.register("lists", OutsideListViewSet, "outsidelist")
router.register("lines", OutsideLineViewSet, "outsideline")
router.register("tasks/lacks", LackTaskViewSet, "lacktask")
router.register("tasks/halal", HalalTaskViewSet, "halaltask")
router.register("tasks/lines", OutsideTaskViewSet, "outsidetask")
router.register("colleagues", ColleagueViewSet, "colleague")
router.register("inquiries", InquiryViewSet, "inquiry")


class RootSerializer(serializers.Serializer):
    """The address of each resource."""

    schema = serializers.URLField(help_text="This description.")
    docs = serializers.URLField(help_text="The description as a page.")
    search = serializers.URLField(help_text="The search over everything public: `?q=`.")
    resources = serializers.DictField(child=serializers.URLField())


class Root(APIView):
    """What this API offers."""

    @extend_schema(responses=RootSerializer, operation_id="root")
    def get(self, request: Request) -> Response:
        """The address of every resource, and of the description."""
        resources = {prefix: f"{basename}-list" for prefix, _viewset, basename in router.registry}
        return Response(
            {
                "schema": reverse("api-schema", request=request),
                "docs": reverse("api-docs", request=request),
                "search": reverse("search", request=request),
                "resources": {prefix: reverse(name, request=request) for prefix, name in resources.items()},
            }
        )


class Schema(Kept, SpectacularJSONAPIView):
    """The description of this API: OpenAPI 3.1, in JSON."""

    reads = ()
    generator_class = DescribedOnce


class Docs(SpectacularSwaggerSplitView):
    """The description as a page on which every call can be tried; nothing comes from a foreign host."""

    template_name = "api/docs.html"
    url_name = "api-schema"
    title = "API"

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """As of every view; a refusal is a problem here too, and no page without content."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.exception:
            response.accepted_renderer = JSONRenderer()
        return response


class Nothing(APIView):
    """Every other address below the API: a problem like all others, not a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404(_("There is nothing at this address."))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
            try:
                match = resolve(f"{request.path_info}/")
            except Resolver404:
                match = None
            if match and match.url_name != "api-nothing":
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(f"{request.path}/{'?' + query if query else ''}")
        return super().dispatch(request, *args, **kwargs)


urlpatterns = [
    path("", Root.as_view(), name="api-root"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("search/", SearchEverything.as_view(), name="search"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("verify/<str:token>/", Verify.as_view(), name="verify"),
    path("registers/<slug:slug>/template/", RegisterTemplate.as_view(), name="register-template"),
    path("registers/<slug:slug>/changes/", WhyChanged.as_view(), name="register-changes"),
    path("registers/<slug:slug>/export.<str:kind>", RegisterExport.as_view(), name="register-export"),
    path("exports/<uuid:pk>/", ExportFile.as_view(), name="export-detail"),
    path("workbooks/<uuid:pk>/errors.xlsx", WorkbookViewSet.as_view({"get": "errors"}), name="workbook-errors"),
    *router.urls,
    re_path(r"^[\s\S]*$", Nothing.as_view(), name="api-nothing"),
]
