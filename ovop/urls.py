"""`/ovop/…` and `/v/<token>/`: the stars and their check."""

from django.urls import path

from . import views

app_name = "ovop"
urlpatterns = [
    path("ovop/", views.AwardList.as_view(), name="award-list"),
    path("ovop/peta.json", views.AwardMap.as_view(), name="award-map"),
    path("ovop/statistik/", views.AwardStatistics.as_view(), name="statistics"),
    path("ovop/evaluasi/", views.DueList.as_view(), name="due"),
    path("ovop/<str:number>/", views.AwardDetail.as_view(), name="award-detail"),
    path("ovop/<str:number>/bagikan.jpg", views.AwardShare.as_view(), name="award-share"),
    path("ovop/<str:number>/label/", views.LabelPrint.as_view(), name="label"),
    path("v/<str:token>/", views.LabelCheck.as_view(), name="check"),
]
