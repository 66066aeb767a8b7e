"""Template tags, one library a topic."""
