"""Write what clients fetched: idempotent, counted."""
