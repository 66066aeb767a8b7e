"""Logos as pure functions: cleaned, drawn as small WebP pictures, packed into sheets; no Django, no database."""
