"""What can be done with accounts: invitations, members (roles), and one's own account."""
