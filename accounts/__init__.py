"""WHO ASKS: the user model and API tokens."""
