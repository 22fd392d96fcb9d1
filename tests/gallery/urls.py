"""The addresses of the portal, and the gallery beside them."""

from django.urls import path

from config.urls import urlpatterns as portal
from tests.gallery import views

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/work/", views.work, name="gallery_work"),
    path("gallery/empty/", views.empty, name="gallery_empty"),
    path("gallery/faulty/", views.faulty, name="gallery_faulty"),
    path("gallery/rows/", views.rows, name="gallery_rows"),
    path("gallery/autosave/", views.autosave, name="gallery_autosave"),
    *portal,
]
