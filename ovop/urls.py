"""`/ovop/…` and `/v/<token>/`: the stars and their check."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "ovop"
urlpatterns = [
    path("ovop/statistik/", views.AwardStatistics.as_view(), name="statistics"),
    path("ovop/evaluasi/", views.DueList.as_view(), name="due"),
    path("ovop/kesiapan/", views.ReadinessList.as_view(), name="readiness"),
    path("ovop/kesiapan/sentra/", views.ClusterReadinessList.as_view(), name="cluster-readiness"),
    path("ovop/kesiapan/<uuid:key>/", views.ProductReadiness.as_view(), name="product-readiness"),
    *pages_of("ovop/usulan/", views.NominationList, views.NominationDetail),
    path("ovop/usulan/<str:number>/tahap/", views.NominationStep.as_view(), name="nomination-step"),
    path("ovop/usulan/<str:number>/nilai/", views.NominationAssess.as_view(), name="nomination-assess"),
    path("ovop/usulan/<str:number>/hasil/", views.NominationResult.as_view(), name="nomination-result"),
    path("ovop/putaran/<str:key>/usulan.zip", views.RoundExport.as_view(), name="round-export"),
    *pages_of("ovop/", views.AwardList, views.AwardDetail),
    path("ovop/<str:number>/bagikan.jpg", views.AwardShare.as_view(), name="award-share"),
    path("ovop/<str:number>/label/", views.LabelPrint.as_view(), name="label"),
    path("produk/", views.ProductList.as_view(), name="product-list"),
    path("produk/products.csv", views.ProductFile.as_view(), name="product-file"),
    path("v/luring/", views.OfflineCheck.as_view(), name="offline"),
    path("v/keadaan.json", views.LabelState.as_view(), name="label-state"),
    path("v/pekerja.js", views.Worker.as_view(), name="worker"),
    path("v/<str:token>/", views.LabelCheck.as_view(), name="check"),
]
