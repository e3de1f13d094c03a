"""The pinned gates in FlowKit: flowkitPeer.py GATES.json FILE... prints the counts of each gate, one a file, as JSON."""
import json
import os
import resource
import sys

import flowkit as fk
import numpy as np

with open(sys.argv[1]) as source:
    asked = json.load(source)
dyes = set(asked["comp"])
strategy = fk.GatingStrategy()
logicle = asked["logicle"]
strategy.add_transform(
    "logicle",
    fk.transforms.LogicleTransform(param_t=logicle["T"], param_w=logicle["W"], param_m=logicle["M"], param_a=logicle["A"]),
)
strategy.add_comp_matrix("spill", fk.Matrix(np.array(asked["spill"]), detectors=asked["comp"]))


def dimension(channel, low=None, high=None):
    on_dye = channel in dyes
    return fk.Dimension(
        channel,
        compensation_ref="spill" if on_dye else "uncompensated",
        transformation_ref="logicle" if on_dye else None,
        range_min=low,
        range_max=high,
    )


paths = {"root": ()}
for gate in asked["gates"]:
    name = gate["name"]
    above = paths[gate["parent"]] + (gate["parent"],)
    paths[name] = above
    if gate["kind"] == "rect":
        made = fk.gates.RectangleGate(name, [dimension(d["ch"], d["lo"], d["hi"]) for d in gate["d"]])
    elif gate["kind"] == "poly":
        made = fk.gates.PolygonGate(name, [dimension(gate["x"]), dimension(gate["y"])], gate["v"])
    else:
        plane = [dimension(gate["x"]), dimension(gate["y"])]
        made = fk.gates.EllipsoidGate(name, plane, gate["mean"], gate["cov"], gate["d2"])
    strategy.add_gate(made, gate_path=above)

counts = {gate["name"]: [] for gate in asked["gates"]}
for path in sys.argv[2:]:
    result = strategy.gate_sample(fk.Sample(path, ignore_offset_error=True))
    for name in counts:
        counts[name].append(int(result.get_gate_count(name, gate_path=paths[name])))
used = resource.getrusage(resource.RUSAGE_SELF)
if "CYTOPAIR_USAGE" in os.environ:
    with open(os.environ["CYTOPAIR_USAGE"], "w") as target:
        json.dump({"cpuSeconds": used.ru_utime + used.ru_stime, "peakMb": used.ru_maxrss / 1024}, target)
print(json.dumps(counts))
