"""`/cakupan/…`: lists of other offices, compared with the registers."""

from django.urls import path

from disperin.coverage import views

app_name = "coverage"
urlpatterns = [
    path("cakupan/", views.Lists.as_view(), name="lists"),
    path("cakupan/baru/", views.Bring.as_view(), name="bring"),
    path("cakupan/baris/<int:pk>/", views.Line.as_view(), name="line"),
    path("cakupan/<int:pk>/", views.Lines.as_view(), name="list"),
    path("cakupan/<int:pk>/baris.csv", views.LinesFile.as_view(), name="file"),
    path("cakupan/<int:pk>/langkah/", views.Steps.as_view(), name="step"),
]
