"""The admin's menu: by what one comes for, not by where the code lies."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Catalogue"), ("Title", "Person", "Collection")),
    (_("Keeping up"), ("SyncRun", "Errand", "ChangesCursor", "Picture")),
    (_("Work"), ("DeadLetter", "PeriodicTask", "CrontabSchedule", "IntervalSchedule", "Claim")),
    (_("What members say"), ("Report", "Decision", "Review", "Comment", "Rating")),
    (_("Members"), ("User", "List", "Viewing", "Invitation", "Group", "LogEntry")),
    (
        _("Filed under"),
        ("Genre", "Keyword", "Company", "Network", "Country", "Language", "Provider"),
    ),
)


@register.simple_tag
def menu(apps: Iterable[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """What this person may see, in groups; what belongs to none of them comes last."""
    models = {model["object_name"]: model for app in apps for model in app["models"]}
    groups = [
        (name, [models.pop(wanted) for wanted in members if wanted in models])
        for name, members in GROUPS
    ]
    groups.append((_("More"), [*models.values()]))
    return [(name, members) for name, members in groups if members]
