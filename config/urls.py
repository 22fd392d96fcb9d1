"""One include for each app; signing in is allauth's."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ho-so/", include("dossiers.urls")),
    path("", include("awards.urls")),
]
