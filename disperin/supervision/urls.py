"""`/pengawasan/…`: inspections of makers and zones."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "supervision"
urlpatterns = [
    *pages_of("pengawasan/", views.InspectionList, views.InspectionPage),
    path("pengawasan/<str:number>/berita-acara.pdf", views.InspectionFile.as_view(), name="inspection-minutes"),
]
