"""The page on which personal data are erased."""

from django.urls import path

from disperin.erasure.views import Erase

app_name = "erasure"
urlpatterns = [
    path("data/<slug:slug>/<slug:number>/data-pribadi/", Erase.as_view(), name="erase"),
]
