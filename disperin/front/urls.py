"""The first page, open data, what an office owes its readers, the gallery of components, and what pages draw with."""

from django.urls import path

from disperin.maps.outlines import district_names, regencies_outline
from disperin.maps.sketch import sketch
from disperin.ui import views as ui

from . import duties, embedding, feeds, installing, open_data, pictures
from .drawn_with import drawn
from .home import Home

app_name = "front"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("data-terbuka/", open_data.OpenData.as_view(), name="open-data"),
    path("tentang/", duties.About.as_view(), name="about"),
    path("privasi/", duties.Privacy.as_view(), name="privacy"),
    path("aksesibilitas/", duties.Accessibility.as_view(), name="accessibility"),
    path("bantuan/", duties.Help.as_view(), name="help"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("ikon-<int:size>.png", installing.icon, name="icon"),
    path("sematkan/angka/<slug:name>/", embedding.OwnFigureCard.as_view(), name="embed-own"),
    path("sematkan/<slug:slug>/", embedding.FigureCard.as_view(), name="embed-figure"),
    path("sematkan/<slug:slug>/angka/<slug:facet>/", embedding.FigureCard.as_view(), name="embed-cut"),
    path("sematkan/<slug:slug>/<str:number>/", embedding.RecordCard.as_view(), name="embed-record"),
    path("umpan/<slug:name>.atom", feeds.FeedView.as_view(), name="feed"),
    path("gambar/<slug:name>.jpg", pictures.PagePicture.as_view(), name="picture"),
    path("gambar/produk/<str:number>-v<int:version>.jpg", pictures.ProductPicture.as_view(), name="product-picture"),
    path("gambar/<slug:slug>/<str:number>-v<int:version>.jpg", pictures.RecordPicture.as_view(), name="record-picture"),
    path("komponen/", ui.components, name="components"),
    path("motif/<str:number>.svg", ui.motif, name="motif"),
    path("peta/kabupaten.json", drawn(regencies_outline), name="regencies"),
    path("peta/kecamatan.json", drawn(district_names, "application/json"), name="districts"),
    path("peta/provinsi.svg", drawn(sketch, "image/svg+xml"), name="sketch"),
]
