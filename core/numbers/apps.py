from django.apps import AppConfig


class Config(AppConfig):
    name = "core.numbers"
    label = "numbers"
