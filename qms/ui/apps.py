from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "qms.ui"
    label = "ui"
