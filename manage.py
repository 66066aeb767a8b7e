#!/usr/bin/env python
"""Django's command line; ``python3 run.py manage ...`` runs it with the services up."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (settings must be named first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
