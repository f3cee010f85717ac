"""The acts of the lowest app: founding, people, accounts, offices, policies."""
