"""Who: people, their roles, their sign-in and their keys."""
