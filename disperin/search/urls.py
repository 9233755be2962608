"""`/cari/`."""

from django.urls import path

from disperin.search.views import Search

app_name = "search"
urlpatterns = [path("cari/", Search.as_view(), name="search")]
