from django.apps import AppConfig


class SeedingConfig(AppConfig):
    name = "cinehub.seeding"
    label = "seeding"
