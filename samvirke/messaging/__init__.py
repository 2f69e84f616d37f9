"""Letters out of the house: e-mail and SMS. README.md says how."""
