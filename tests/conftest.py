"""Being here, it lets tests in every folder import ``invented_reports``."""
