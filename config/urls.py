"""One include for each app; signing in is allauth's, page by page."""

from allauth.account.urls import urlpatterns as pages_of_allauth
from django.urls import include, path

from config.menu import FOOT, MENU
from core.ui import nav
from core.ui.views import Ping
from dashboard.views.search import Search
from dossiers.views.home import Home

# What is not named does not answer. Nobody signs up, and a person's address, to which a forgotten
# password goes, is what the administrator entered: allauth's own pages for both stay closed.
SIGNING_IN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("accounts/", include([page for page in pages_of_allauth if page.name in SIGNING_IN])),
    path("accounts/2fa/", include("allauth.mfa.urls")),
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
