"""A folder by rocrate, which reads RO-Crates: python readCrate.py FOLDER. Its name, files, action and program."""

import json
import sys

from rocrate.rocrate import ROCrate

crate = ROCrate(sys.argv[1])
(action,) = [one for one in crate.contextual_entities if one.type == "CreateAction"]
print(
    json.dumps(
        {
            "name": crate.name,
            "files": {one.id: one["sha256"] for one in crate.root_dataset["hasPart"] if not one.id.startswith("ni:")},
            "inputs": len(action["object"]),
            "outputs": len(action["result"]),
            "program": [action["instrument"]["name"], action["instrument"]["softwareVersion"]],
        }
    )
)
