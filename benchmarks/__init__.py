"""Speed and memory of every stage, beside the plain spaCy pipeline on the same text in the same run."""
