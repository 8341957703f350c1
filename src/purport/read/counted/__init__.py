"""How many: runs of number words, what bounds them, and what they count."""
