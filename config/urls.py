"""One include for each app; signing in is allauth's."""

from django.urls import include, path

from config.menu import FOOT, MENU
from core.ui import nav
from core.ui.views import Ping
from dashboard.views.search import Search
from dossiers.views.home import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ping/", Ping.as_view(), name="ping"),
    path("healthz/", include("config.health")),
    path("cong-viec/", include("core.jobs.urls")),
    path("", include("core.ui.urls")),
    path("ho-so/", include("dossiers.urls")),
    path("phong-trao/", include("campaigns.urls")),
    path("", include("criteria.urls")),
    path("", include("awards.urls")),
    path("tim/", Search.as_view(), name="search"),
    path("", include("dashboard.urls")),
    path("", include("accounts.urls")),
]

nav.register(*MENU)
nav.register_foot(*FOOT)
