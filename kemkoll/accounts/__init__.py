"""Who may come in from outside, and as what: persons, passwords, sessions, tokens, invitations.

Nothing here knows the web; nothing here judges anything.
"""
