"""What is printed of reports: sheets block by block, of one or many, and reminder letters."""

from disperin.reports.papers.letter import reminder_paper
from disperin.reports.papers.siinas_order import Block, Named, blocks_of, columns_of_batch, is_in_known_order, with_rows
from disperin.reports.papers.siinas_sheet import MOST_PRINTED, batch_paper, sheet_paper

__all__ = [
    "MOST_PRINTED",
    "Block",
    "Named",
    "batch_paper",
    "blocks_of",
    "columns_of_batch",
    "is_in_known_order",
    "reminder_paper",
    "sheet_paper",
    "with_rows",
]
