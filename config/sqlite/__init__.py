"""Django's SQLite, fit for an untrusted schema."""
