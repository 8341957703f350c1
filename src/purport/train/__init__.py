"""How the encoder and its heads learn: from gold in the form of docs/codebook.md to weights that ``--models`` takes.

Needs packages that the reading does not (``requirements``); nothing else in purport imports this room.
"""
