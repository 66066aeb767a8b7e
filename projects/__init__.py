"""WHAT EXISTS: categories, items, organizations, repositories, and the history of all of them."""
