"""Addresses of dossiers: what the unit does, then what the officer does."""

from django.urls import path

from dossiers.views import unit

app_name = "dossiers"

urlpatterns = [
    path("<int:pk>/", unit.DossierPage.as_view(), name="dossier"),
    path("de-nghi/<int:pk>/", unit.NominationPage.as_view(), name="nomination"),
    path("<int:pk>/<slug:step>/", unit.DossierStep.as_view(), name="step"),
]
