"""A whole course of follow-up through the real actions, with people who refuse, vanish, move and come back, and a moving clock."""
