"""Every address of the portal, spelled out. Indonesian paths; English under `/en/` with the same words."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from disperin.front import operation, robots, sitemaps
from ovop import views as ovop

handler400 = "disperin.front.errors.bad_request"
handler403 = "disperin.front.errors.not_allowed"
handler404 = "disperin.front.errors.not_found"
handler500 = "disperin.front.errors.failed"

urlpatterns = [
    # what has no language
    path("healthz", operation.healthz, name="healthz"),
    path("readyz", operation.readyz, name="readyz"),
    path("metrics", operation.metrics, name="metrics"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.Index.as_view(), name="sitemap"),
    path("sitemap-halaman.xml", sitemaps.Pages.as_view(), name="sitemap-pages"),
    path("sitemap-<slug:slug>-<int:number>.xml", sitemaps.Records.as_view(), name="sitemap-records"),
    path(".well-known/ovop-keys.json", ovop.public_keys, name="ovop-keys"),
    path("", include("disperin.attachments.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("disperin.api")),
    # the path alone decides the language, so that pages can be cached
    *i18n_patterns(
        path("", include("disperin.front.urls")),
        path("", include("disperin.search.urls")),
        path("", include("disperin.regency_pages.urls")),
        path("", include("disperin.figures.urls")),
        path("", include("disperin.closes.urls")),
        path("", include("disperin.accounts.signin_urls")),
        path("akun/", include("disperin.accounts.urls")),
        path("usulan/impor/", include("disperin.workbooks.urls")),
        path("unduh/", include("disperin.workbooks.download_urls")),
        path("usulan/", include("disperin.erasure.urls")),
        path("usulan/kembar/", include("disperin.duplicates.urls")),
        path("usulan/", include("disperin.submissions.urls")),
        path("", include("disperin.overview.urls")),
        path("pimpinan/", include("disperin.head.urls")),
        path("", include("disperin.handbook.urls")),
        path("data/", include("disperin.mydata.urls")),
        path("pemberitahuan/", include("disperin.notices.urls")),
        path("", include("disperin.inquiries.urls")),
        path("", include("industries.urls")),
        path("", include("ovop.urls")),
        path("", include("zones.urls")),
        path("", include("disperin.news.urls")),
        path("", include("disperin.assistance.urls")),
        path("", include("disperin.reports.urls")),
        path("", include("disperin.commitments.urls")),
        path("", include("disperin.letters.urls")),
        path("", include("disperin.supervision.urls")),
        path("", include("disperin.planning.urls")),
        path("", include("disperin.coverage.urls")),
        prefix_default_language=False,
    ),
]
