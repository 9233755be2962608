"""Quarter closes: the figures of a quarter, kept for ever as they stood, sealed, with corrections beside them."""
