"""Named reads, a module for each part of the market."""
