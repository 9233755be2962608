"""`/industri/…`, `/sentra/…`, `/halal/…`, `/industri-hijau/…`: small industries, their clusters and certificates."""

from django.urls import path

from disperin.registers.lists.routes import pages_of
from disperin.registers.lists.views import RecordMap, RecordMapPicture

from . import views

app_name = "industries"
urlpatterns = [
    path("industri/kbli/", views.KbliWork.as_view(), name="kbli-work"),
    path("mutu/", views.QualityWork.as_view(), name="quality-work"),
    path("industri/kbli/pilihan/", views.KbliChoices.as_view(), name="kbli-choices"),
    path("industri/jasa/", views.ServiceList.as_view(), name="service-list"),
    path("industri/jasa/peta.json", RecordMap.as_view(listed=views.ServiceList), name="service-map"),
    path("industri/jasa/peta.svg", RecordMapPicture.as_view(listed=views.ServiceList), name="service-map-picture"),
    *pages_of("industri/", views.EstablishmentList, views.EstablishmentDetail),
    path("industri/<str:number>/npwp/", views.EstablishmentReveal.as_view(), name="establishment-reveal"),
    path("produk/<str:number>/", views.ProductDetail.as_view(), name="product-detail"),
    path("halal/", views.HalalWork.as_view(), name="halal-work"),
    path("halal/kemajuan/", views.HalalProgress.as_view(), name="halal-progress"),
    *pages_of("halal/cek/", views.HalalList, views.HalalDetail),
    path("halal/angka/", views.HalalFigures.as_view(), name="halal-figures"),
    path("halal/angka.csv", views.HalalFiguresFile.as_view(), name="halal-figures-file"),
    path("industri-hijau/angka.csv", views.GreenFiguresFile.as_view(), name="green-figures-file"),
    path("industri-hijau/angka/", views.GreenFigures.as_view(), name="green-figures"),
    *pages_of("industri-hijau/", views.GreenList, views.GreenDetail),
    path("hilirisasi/", views.Downstream.as_view(), name="downstream"),
    *pages_of("sentra/", views.ClusterList, views.ClusterDetail),
]
