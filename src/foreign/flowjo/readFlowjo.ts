import type { Reading } from '../../problems/index.ts';
import { isArchive } from '../flowjo11/archive.ts';
import { readFlowjo11 } from '../flowjo11/readFlowjo11.ts';
import type { ForeignGating } from '../model.ts';
import { attribute, childOf, childrenOf, elementAt, type XmlElement } from '../xml/element.ts';
import { readXml } from '../xml/readXml.ts';
import { xmlFindings } from '../xml/xmlFindings.ts';
import { readMacMatrices } from './readMatrices.ts';
import { readSample } from './readSample.ts';

/** Drawings and layouts: most of a workspace, and no gate in it. */
const SKIPPED = new Set(['Graph', 'LayoutEditor', 'TableEditor', 'Scripts', 'SOPS', 'SciBook', 'Exports', 'MetaData']);
/** What a workspace tells that has no place here; said, since someone may miss it. */
const NOT_CARRIED: Readonly<Record<string, string>> = {
  DerivedParameters: 'derived parameters',
  DerivedParameter: 'derived parameters',
  Statistic: 'statistics of populations',
  Plugin: 'plug-ins',
  Cytometers: 'settings of cytometers',
};

/** The samples of a FlowJo workspace, 7 to 10, of Mac XML of 8 and 9, and of a workbench of 11. */
export function readFlowjo(bytes: Uint8Array, file: string): Reading<ForeignGating> {
  if (isArchive(bytes)) return readFlowjo11(bytes, file);
  const { value: root, problems } = readXml(bytes, file, SKIPPED);
  if (root === undefined) return { value: undefined, problems };
  const findings = xmlFindings(file);
  if (root.name !== 'Workspace') {
    findings.add('import.unknown-format', `the document is "${root.name}", not a FlowJo workspace`, root, 'error');
    return { value: undefined, problems: findings.list };
  }
  const program = /\d[\d.]*/.exec(attribute(root, 'flowJoVersion') ?? '')?.[0] ?? '';
  const list = childOf(root, 'SampleList');
  const isMac = childOf(root, 'Preferences') !== undefined || hasMacGates(root);
  const context = {
    root,
    isMac,
    version: Number.parseFloat(program.split('.').slice(0, 2).join('.')),
    macMatrices: isMac ? readMacMatrices(root, findings) : [],
    groupsOf: groupsOf(root),
    findings,
  };
  const samples = (list === undefined ? [] : childrenOf(list, 'Sample')).flatMap((sample) =>
    readSample(sample, context),
  );
  const value: ForeignGating = {
    format: 'flowjo',
    program: program === '' ? 'FlowJo' : `FlowJo ${program}`,
    values: 'linear',
    samples,
    leftOut: leftOutOf(root),
  };
  return { value, problems: findings.list };
}

/** FlowJo for Mac writes `ParameterNames` within each gate. */
function hasMacGates(element: XmlElement): boolean {
  return element.name === 'ParameterNames' || element.children.some(hasMacGates);
}

function groupsOf(root: XmlElement): (sampleId: string) => readonly string[] {
  const nodes = childrenOf(childOf(root, 'Groups') ?? root, 'GroupNode');
  const groups = nodes.map((node) => ({
    name: attribute(node, 'name') ?? '',
    ids: new Set(membersOf(node)),
  }));
  return (sampleId) => groups.filter(({ ids }) => ids.has(sampleId)).map(({ name }) => name);
}

function membersOf(node: XmlElement): readonly string[] {
  const refs = elementAt(node, 'Group', 'SampleRefs') ?? elementAt(node, 'SampleRefs');
  return (refs?.children ?? []).flatMap((ref) => attribute(ref, 'sampleID') ?? []);
}

function leftOutOf(root: XmlElement): readonly string[] {
  const counts = new Map<string, number>();
  const visit = (element: XmlElement): void => {
    const words = NOT_CARRIED[element.name];
    if (words !== undefined) counts.set(words, (counts.get(words) ?? 0) + 1);
    for (const child of element.children) visit(child);
  };
  visit(root);
  return [...counts].map(([words, count]) => `${words} (${count})`);
}
