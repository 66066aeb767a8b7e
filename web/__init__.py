"""Pages and htmx fragments for people."""
