"""`/cari/`, what is suggested while somebody types, and what was not found."""

from django.urls import path

from disperin.search.views import NotFoundList, Search, Suggestions

app_name = "search"
urlpatterns = [
    path("cari/", Search.as_view(), name="search"),
    path("cari/saran/", Suggestions.as_view(), name="suggestions"),
    path("cari/tidak-ditemukan/", NotFoundList.as_view(), name="unfound"),
]
