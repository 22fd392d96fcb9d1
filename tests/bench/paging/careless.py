"""The control: a list that forgets `select_related`, as one does. No page of the portal is so."""

from django.urls import path

from config.urls import urlpatterns as real
from dossiers.views.unit import DossierList


class Careless(DossierList):
    def get_queryset(self):
        return super().get_queryset().select_related(None)


urlpatterns = [*real, path("careless/", Careless.as_view(), name="careless")]
