"""`/unduh/…`: lists of registers as files."""

from django.urls import path

from disperin.workbooks.views.exporting import Detail, Download, Exports, Fetch

app_name = "downloads"
urlpatterns = [
    path("", Exports.as_view(), name="index"),
    path("<uuid:pk>/", Detail.as_view(), name="detail"),
    path("<uuid:pk>/berkas/", Fetch.as_view(), name="file"),
    path("<slug:slug>.<str:kind>", Download.as_view(), name="list"),
]
