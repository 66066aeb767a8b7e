"""The Model Context Protocol: assistants read what the REST API answers."""
