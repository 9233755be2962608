"""`/daerah/`."""

from django.urls import path

from disperin.regency_pages import views

app_name = "regency_pages"
urlpatterns = [
    path("daerah/", views.RegencyList.as_view(), name="list"),
    path("daerah/<str:slug>/", views.RegencyPage.as_view(), name="regency"),
    path("daerah/<str:slug>/profil.pdf", views.RegencySheet.as_view(), name="sheet"),
]
