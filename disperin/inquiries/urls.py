"""`/lapor/`, `/tanya/`, `/privasi/permintaan/` and `/lacak/…` for everybody, `/pertanyaan/…` for the office."""

from django.urls import path

from disperin.inquiries.views.asking import Ask, PublicState, Report, RequestPersonal, Track
from disperin.inquiries.views.desk import Detail, WorkList

app_name = "inquiries"
urlpatterns = [
    path("lapor/", Report.as_view(), name="report"),
    path("tanya/", Ask.as_view(), name="new"),
    path("privasi/permintaan/", RequestPersonal.as_view(), name="personal"),
    path("lacak/", Track.as_view(), name="track"),
    path("lacak/<str:number>/", PublicState.as_view(), name="state"),
    path("pertanyaan/", WorkList.as_view(), name="list"),
    path("pertanyaan/<slug:number>/", Detail.as_view(), name="detail"),
]
