"""Pages and incidents with people's decisions laid over the machine's: the work behind the workbench; above all rooms."""
