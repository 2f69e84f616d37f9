"""The forms of follow-up. They clean what was typed; the actions decide."""
