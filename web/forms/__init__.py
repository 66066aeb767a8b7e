"""Query strings of pages, cleaned by forms."""
