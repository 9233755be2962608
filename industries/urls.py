"""`/industri/…`, `/sentra/…`, `/halal/…`, `/industri-hijau/…`: small industries, their clusters and certificates."""

from django.urls import path

from . import views

app_name = "industries"
urlpatterns = [
    path("industri/", views.EstablishmentList.as_view(), name="establishment-list"),
    path("industri/peta.json", views.EstablishmentMap.as_view(), name="establishment-map"),
    path("industri/kbli/", views.KbliWork.as_view(), name="kbli-work"),
    path("industri/kbli/pilihan/", views.KbliChoices.as_view(), name="kbli-choices"),
    path("industri/<str:number>/", views.EstablishmentDetail.as_view(), name="establishment-detail"),
    path("industri/<str:number>/npwp/", views.EstablishmentReveal.as_view(), name="establishment-reveal"),
    path("halal/", views.HalalWork.as_view(), name="halal-work"),
    path("halal/kemajuan/", views.HalalProgress.as_view(), name="halal-progress"),
    path("halal/cek/", views.HalalList.as_view(), name="halalcertification-list"),
    path("halal/cek/peta.json", views.HalalMap.as_view(), name="halalcertification-map"),
    path("halal/cek/<str:number>/", views.HalalDetail.as_view(), name="halalcertification-detail"),
    path("halal/angka/", views.HalalFigures.as_view(), name="halal-figures"),
    path("industri-hijau/", views.GreenList.as_view(), name="greencertification-list"),
    path("industri-hijau/peta.json", views.GreenMap.as_view(), name="greencertification-map"),
    path("industri-hijau/angka/", views.GreenFigures.as_view(), name="green-figures"),
    path("industri-hijau/<str:number>/", views.GreenDetail.as_view(), name="greencertification-detail"),
    path("hilirisasi/", views.Downstream.as_view(), name="downstream"),
    path("sentra/", views.ClusterList.as_view(), name="cluster-list"),
    path("sentra/peta.json", views.ClusterMap.as_view(), name="cluster-map"),
    path("sentra/<str:number>/", views.ClusterDetail.as_view(), name="cluster-detail"),
]
