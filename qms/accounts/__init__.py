"""Who acts: people, their sign-in, their invitations."""
