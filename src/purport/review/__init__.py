"""People's decisions over the machine's: overlay, queue, coding rounds, agreement. Pure functions of records; the store keeps them."""
