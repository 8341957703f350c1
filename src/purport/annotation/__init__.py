"""Gold in the forms of annotation programs: brat, INCEpTION (WebAnno TSV 3.3) and Label Studio, in and out, without loss."""

from purport.annotation.folder import FORMATS, read_gold, write_gold

__all__ = ["FORMATS", "read_gold", "write_gold"]
