"""`/tenggat/…`: everything with a day."""

from django.urls import path

from disperin.overview import views

app_name = "overview"
urlpatterns = [
    path("tenggat/", views.Days.as_view(), name="days"),
]
