"""Measuring repositories: runs, their batches, and what becomes of each answer."""
