"""Doormen of follow-up, by what the screens are for: many people, one person, getting somebody onto the list."""
