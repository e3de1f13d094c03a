"""Tables of a folder by pandas and pyarrow: python readParquet.py FOLDER. Name -> columns with their types, and rows."""

import json
import pathlib
import sys

import pandas
import pyarrow.parquet

found = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.parquet")):
    schema = pyarrow.parquet.read_schema(path)
    frame = pandas.read_parquet(path)
    rows = frame.astype(object).where(frame.notna(), None).values.tolist()
    found[path.stem] = {"types": {name: str(kind) for name, kind in zip(schema.names, schema.types)}, "rows": rows}
print(json.dumps(found))
