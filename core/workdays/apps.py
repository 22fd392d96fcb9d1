from django.apps import AppConfig


class Config(AppConfig):
    name = "core.workdays"
    label = "workdays"
