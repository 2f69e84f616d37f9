"""Calling out the crisis team: the register, the alert, who comes, and who is told when nobody does."""
