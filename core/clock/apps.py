from django.apps import AppConfig


class Config(AppConfig):
    name = "core.clock"
    label = "clock"
