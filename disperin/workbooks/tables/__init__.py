"""The columns of a register as a table, and what the cells below its headings mean. No workbook is known here."""
