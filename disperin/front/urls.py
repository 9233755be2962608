"""The first page, the open data, the gallery of components, and pictures and outlines that pages draw with."""

from django.urls import path

from disperin.ui import views as ui

from . import views

app_name = "front"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("data-terbuka/", views.OpenData.as_view(), name="open-data"),
    path("komponen/", ui.components, name="components"),
    path("motif/<str:number>.svg", ui.motif, name="motif"),
    path("peta/kabupaten.json", views.regencies, name="regencies"),
]
