#!/usr/bin/env python
"""Django's own command line; script/setup makes the environment that it needs."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:  # a sentence for whoever wrote the variables
        sys.stderr.write(f"{fault}\n")
        sys.exit(os.EX_CONFIG)
