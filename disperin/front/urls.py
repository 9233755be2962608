"""The first page, the open data, the gallery of components, and pictures and outlines that pages draw with."""

from django.urls import path

from disperin.maps.outlines import district_names, regencies_outline
from disperin.maps.sketch import sketch
from disperin.ui import views as ui

from . import views
from .home import Home

app_name = "front"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("data-terbuka/", views.OpenData.as_view(), name="open-data"),
    path("komponen/", ui.components, name="components"),
    path("motif/<str:number>.svg", ui.motif, name="motif"),
    path("peta/kabupaten.json", views.drawn(regencies_outline), name="regencies"),
    path("peta/kecamatan.json", views.drawn(district_names, "application/json"), name="districts"),
    path("peta/provinsi.svg", views.drawn(sketch, "image/svg+xml"), name="sketch"),
]
