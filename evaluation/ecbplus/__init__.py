"""Event coreference across the pages of ECB+ with gold mentions: baselines and a linker made of purport's reading."""
