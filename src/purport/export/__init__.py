"""Reports → files: one module per format; names of victims can be withheld in all of them."""

from purport.export.formats import FORMATS, write
from purport.export.incident_table import write_incidents_csv
from purport.export.masking import WITHHELD, mask_report, mask_words, withheld_names, words_of_names

__all__ = ["FORMATS", "WITHHELD", "mask_report", "mask_words", "withheld_names", "words_of_names", "write", "write_incidents_csv"]
