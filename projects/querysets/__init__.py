"""Named reads over one model each; nothing else knows how the catalogue's rows are filtered."""
