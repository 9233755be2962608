"""`/penutupan/`."""

from django.urls import path

from disperin.closes import inside, views

app_name = "closes"
urlpatterns = [
    path("penutupan/", views.CloseList.as_view(), name="list"),
    path("penutupan/tutup/", inside.CloseQuarter.as_view(), name="close-quarter"),
    path("penutupan/<str:key>.csv", views.CloseFile.as_view(), name="file"),
    path("penutupan/<str:key>/", views.ClosePage.as_view(), name="close"),
    path("penutupan/<str:key>/laporan.pdf", inside.Paper.as_view(), name="paper"),
    path("penutupan/<str:key>/rekap.xlsx", inside.Recap.as_view(), name="recap"),
    path("penutupan/<str:key>/berubah/", inside.ChangedSince.as_view(), name="changed"),
    path("penutupan/<str:key>/angka/<slug:dimension>/", inside.Figures.as_view(), name="figures"),
    path("penutupan/<str:key>/koreksi/<int:pk>/", inside.Correct.as_view(), name="correct"),
]
