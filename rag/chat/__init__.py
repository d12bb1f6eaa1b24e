"""The page: how an Answer looks, what is said around it, and how it is laid out. app.py launches it."""
