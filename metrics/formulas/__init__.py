"""Pure formulas: numbers and dates in, numbers out; no database, no clock, no settings.

Each formula names its version; a stored figure carries it, so that it can be computed again and compared.
"""
