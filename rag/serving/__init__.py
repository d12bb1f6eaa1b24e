"""What stands between the chat and strangers: who may ask, how often and how much, what is logged, how it ends."""
