"""What members want to watch and have watched."""

from lists.models.calendars import CalendarLink
from lists.models.lists import Collaborator, List, ListItem, Visibility
from lists.models.reminders import Reminder
from lists.models.tracking import State, Tracking
from lists.models.viewings import Precision, Viewing

__all__ = [
    "CalendarLink",
    "Collaborator",
    "List",
    "ListItem",
    "Precision",
    "Reminder",
    "State",
    "Tracking",
    "Viewing",
    "Visibility",
]
