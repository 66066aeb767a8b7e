"""Named reads over one model each."""
