"""Clients of outside services: no Django, frozen dataclasses out, named errors, time-outs."""
