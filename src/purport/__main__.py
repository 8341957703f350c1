"""``python -m purport``."""

from purport.cli import main

main()
