"""Counts of every population by FlowKit, as JSON: python flowKitCounts.py WORKSPACE.wsp|GATES.xml FCS."""

import json
import sys

import flowkit


def joined(name, path):
    return "/".join([*path[1:], name])


def of_workspace(gates, fcs):
    workspace = flowkit.Workspace(gates, fcs_samples=[flowkit.Sample(fcs)])
    (sample,) = workspace.get_sample_ids()
    workspace.analyze_samples(sample_id=sample, use_mp=False)
    ids = workspace.get_gate_ids(sample)
    return {joined(name, path): workspace.get_gate_membership(sample, name, path) for name, path in ids}


def of_gating_ml(gates, fcs):
    strategy = flowkit.parse_gating_xml(gates)
    session = flowkit.Session(gating_strategy=strategy, fcs_samples=[flowkit.Sample(fcs)])
    (sample,) = session.get_sample_ids()
    session.analyze_samples(use_mp=False)
    return {name: session.get_gate_membership(sample, name, path) for name, path in session.get_gate_ids()}


count = of_workspace if sys.argv[1].endswith(".wsp") else of_gating_ml
print(json.dumps({name: int(events.sum()) for name, events in count(*sys.argv[1:]).items()}))
