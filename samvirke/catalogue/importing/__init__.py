"""Services from sheets: CSV, XLSX and HSDS JSON in; rows and what is wrong with them out. Pure, no database."""

from samvirke.catalogue.importing.rows import ImportRow, Rejected, read

__all__ = ["ImportRow", "Rejected", "read"]
