"""Counts of every population of a workspace by FlowKit, as JSON: python flowKitCounts.py WORKSPACE FCS."""

import json
import sys

import flowkit

workspace = flowkit.Workspace(sys.argv[1], fcs_samples=[flowkit.Sample(sys.argv[2])])
(sample,) = workspace.get_sample_ids()
workspace.analyze_samples(sample_id=sample, use_mp=False)
counts = {}
for name, path in workspace.get_gate_ids(sample):
    whole = "/".join([*path[1:], name])
    counts[whole] = int(workspace.get_gate_membership(sample, name, path).sum())
print(json.dumps(counts))
