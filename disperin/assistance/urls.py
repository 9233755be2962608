"""`/pembinaan/…`: assistance within one's reach, its reports, and who was never helped."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "assistance"
urlpatterns = [
    path("pembinaan/belum-dibantu/", views.NeverHelped.as_view(), name="never-helped"),
    path("pembinaan/laporan/", views.Report.as_view(), name="report"),
    *pages_of("pembinaan/", views.AssistanceList, views.AssistanceDetail),
]
