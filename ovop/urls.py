"""`/ovop/…` and `/v/<token>/`: the stars and their check."""

from django.urls import path

from . import views

app_name = "ovop"
urlpatterns = [
    path("ovop/", views.AwardList.as_view(), name="award-list"),
    path("ovop/peta.json", views.AwardMap.as_view(), name="award-map"),
    path("ovop/statistik/", views.AwardStatistics.as_view(), name="statistics"),
    path("ovop/evaluasi/", views.DueList.as_view(), name="due"),
    path("ovop/kesiapan/", views.ReadinessList.as_view(), name="readiness"),
    path("ovop/kesiapan/<uuid:key>/", views.ProductReadiness.as_view(), name="product-readiness"),
    path("ovop/usulan/", views.NominationList.as_view(), name="nomination-list"),
    path("ovop/usulan/peta.json", views.NominationMap.as_view(), name="nomination-map"),
    path("ovop/usulan/<str:number>/", views.NominationDetail.as_view(), name="nomination-detail"),
    path("ovop/usulan/<str:number>/tahap/", views.NominationStep.as_view(), name="nomination-step"),
    path("ovop/usulan/<str:number>/nilai/", views.NominationAssess.as_view(), name="nomination-assess"),
    path("ovop/usulan/<str:number>/hasil/", views.NominationResult.as_view(), name="nomination-result"),
    path("ovop/putaran/<str:key>/usulan.zip", views.RoundExport.as_view(), name="round-export"),
    path("ovop/<str:number>/", views.AwardDetail.as_view(), name="award-detail"),
    path("ovop/<str:number>/bagikan.jpg", views.AwardShare.as_view(), name="award-share"),
    path("ovop/<str:number>/label/", views.LabelPrint.as_view(), name="label"),
    path("v/<str:token>/", views.LabelCheck.as_view(), name="check"),
]
