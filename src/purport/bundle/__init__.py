"""Evidence bundles: one WACZ with pages, claims, decisions, provenance and log, of which no byte can change unseen."""
