"""`/berkas/…` and `/foto/…`: files. Included at the root, outside the languages: a file has none."""

from django.urls import path

from disperin.attachments import views

app_name = "attachments"
urlpatterns = [
    path("berkas/<uuid:pk>/", views.file, name="file"),
    path("foto/<str:content_hash>/<uuid:pk>-<int:width>.webp", views.photo, name="photo"),
]
