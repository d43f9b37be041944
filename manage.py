#!/usr/bin/env python
"""Django's command line, for CineHub."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cinehub.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # One sentence says what to set; where Python was at the time helps nobody.
        sys.exit(f"CineHub can't start: {error}")
