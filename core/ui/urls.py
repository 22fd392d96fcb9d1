"""Addresses that pages use behind the scenes."""

from django.urls import path

from core.ui import drafts

app_name = "ui"

urlpatterns = [path("nhap-do/", drafts.DraftPage.as_view(), name="draft")]
