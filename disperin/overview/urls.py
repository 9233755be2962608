"""`/ringkasan/`: the first page after signing in; `/tenggat/`: everything with a day."""

from django.urls import path

from disperin.overview import views

app_name = "overview"
urlpatterns = [
    path("ringkasan/", views.Summary.as_view(), name="summary"),
    path("tenggat/", views.Days.as_view(), name="days"),
]
