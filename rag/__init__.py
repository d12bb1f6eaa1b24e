"""From a yearbook's text to a cited answer."""
