"""Speaks the Model Context Protocol on standard input and output, for an assistant on this machine."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from api.mcp.server import server


class Command(BaseCommand):
    """Serve assistants until the input ends; nothing but the protocol is printed."""

    help = "Serve the tools of the Model Context Protocol on standard input and output."
    requires_system_checks = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        asyncio.run(server.run_stdio_async())
