"""What a person should know: in the portal, by e-mail, as a text to copy."""
