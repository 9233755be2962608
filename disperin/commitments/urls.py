"""`/forum/…` and `/komitmen/…`: forums of the office with the regencies, and what was promised there."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "commitments"
urlpatterns = [
    path("forum/terakhir/", views.LastForum.as_view(), name="last-forum"),
    *pages_of("forum/", views.ForumList, views.ForumPage),
    path("forum/<str:number>/berita-acara.pdf", views.MinutesFile.as_view(), name="minutes"),
    path("forum/<str:number>/bawa/", views.CarryOver.as_view(), name="carry-over"),
    *pages_of("komitmen/", views.CommitmentList, views.CommitmentPage),
]
