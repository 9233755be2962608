"""`/panduan/`."""

from django.urls import path

from disperin.handbook.views import Contents, Reading

app_name = "handbook"
urlpatterns = [
    path("panduan/", Contents.as_view(), name="contents"),
    path("panduan/<slug:slug>/", Reading.as_view(), name="chapter"),
]
