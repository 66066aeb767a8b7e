"""WHAT IT IS WORTH: frameworks and layers, funding, exits, surveys."""
