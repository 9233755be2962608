"""`/data/`: the records within reach, register by register."""

from django.urls import path

from disperin.mydata.views import changing, lacking, saved, tables

app_name = "mydata"
urlpatterns = [
    path("", tables.Registers.as_view(), name="registers"),
    path("tampilan/<int:pk>/", saved.ViewPage.as_view(), name="view"),
    path("<slug:slug>/belum-ada/", lacking.Lacking.as_view(), name="lacking"),
    path("<slug:slug>/ubah/", changing.Change.as_view(), name="change"),
    path("<slug:slug>/", tables.TablePage.as_view(), name="table"),
]
