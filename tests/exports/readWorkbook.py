"""The cells of a workbook by openpyxl: python readWorkbook.py FILE. Sheet -> rows; a formula is told as such."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
cells = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
formulas = sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
print(json.dumps({"sheets": cells, "formulas": formulas}))
