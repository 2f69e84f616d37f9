"""The forms of the editor's desk. They clean; they do not save."""
