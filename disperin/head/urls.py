"""`/pimpinan/…`: what the head of the office reads."""

from django.urls import path

from disperin.head import views

app_name = "head"
urlpatterns = [
    path("", views.HeadPage.as_view(), name="page"),
    path("peringatan/", views.Alerts.as_view(), name="alerts"),
    path("surel/", views.Mail.as_view(), name="mail"),
]
