import { andMore, type Reading } from '../../problems/index.ts';
import type { ForeignGating, ForeignMatrix, ForeignSample } from '../model.ts';
import { growTree } from '../tree/growTree.ts';
import { attribute, childrenOf, type XmlElement } from '../xml/element.ts';
import { readXml } from '../xml/readXml.ts';
import { type XmlFindings, xmlFindings } from '../xml/xmlFindings.ts';
import { isCytobank, withCytobankNames } from './cytobank.ts';
import type { Definitions } from './readAxis.ts';
import { readGate } from './readGate.ts';
import { readMatrix } from './readMatrix.ts';
import { readTransformation } from './readTransformation.ts';

const ROOT = 'Gating-ML';
const GATES = ['RectangleGate', 'PolygonGate', 'EllipsoidGate', 'QuadrantGate', 'BooleanGate'];
const KNOWN = [...GATES, 'transformation', 'spectrumMatrix', 'custom_info'];

/**
 * The gates of a Gating-ML 2.0 document, also of Cytobank's and FlowJo's flavours; they are for any file.
 * @param file how the document is called in messages
 */
export function readGatingMl(bytes: Uint8Array, file: string): Reading<ForeignGating> {
  const { value: root, problems } = readXml(bytes, file);
  if (root === undefined) return { value: undefined, problems };
  const findings = xmlFindings(file);
  if (root.name !== ROOT) {
    findings.add('import.unknown-format', `the document is "${root.name}", not Gating-ML`, root, 'error');
    return { value: undefined, problems: findings.list };
  }
  const version = /\/Gating-ML\/v([\d.]+)\//i.exec(root.uri)?.[1];
  if (version !== '2.0') {
    const found = version === undefined ? 'of a version that it does not tell' : `of version ${version}`;
    findings.add('import.old-version', `the document is Gating-ML ${found}; 2.0 is read`, root, 'error');
    return { value: undefined, problems: findings.list };
  }
  const definitions = readDefinitions(root, findings);
  const drafts = childrenOf(root, ...GATES).flatMap((gate) => readGate(gate, definitions, findings));
  const samples = isCytobank(root) ? withCytobankNames(root, drafts) : [{ fileName: undefined, drafts }];
  const leftOut = root.children
    .filter(({ name }) => !KNOWN.includes(name))
    .map(({ name, line }) => `element "${name}" in line ${line}`);
  if (leftOut.length > 0) findings.add('import.not-carried', `not read: ${andMore(leftOut, 5)}`, root);
  const value: ForeignGating = {
    format: 'gatingml',
    program: isCytobank(root) ? 'Gating-ML 2.0 of Cytobank' : 'Gating-ML 2.0',
    values: 'gating-ml',
    samples: samples.map((one) =>
      sampleOf(one.fileName, [...definitions.matrices.values()], growTree(one.drafts, findings.add)),
    ),
    leftOut,
  };
  return { value, problems: findings.list };
}

function sampleOf(
  fileName: string | undefined,
  matrices: readonly ForeignMatrix[],
  populations: ForeignSample['populations'],
): ForeignSample {
  const fileNames = fileName === undefined ? [] : [fileName];
  return { name: fileName ?? '', fileNames, eventCount: null, keywords: new Map(), groups: [], matrices, populations };
}

function readDefinitions(root: XmlElement, findings: XmlFindings): Definitions {
  const definitions: Definitions = { transformations: new Map(), matrices: new Map(), lost: new Set() };
  const define = <T>(element: XmlElement, into: Map<string, T>, value: T | undefined): void => {
    const id = attribute(element, 'id');
    if (id === undefined)
      findings.add('import.not-carried', `a ${element.name} without an id can be named by no gate`, element);
    else if (into.has(id) || definitions.lost.has(id)) {
      findings.add('import.duplicate-id', `the id "${id}" is that of another ${element.name} too`, element);
      into.delete(id);
      definitions.lost.add(id);
    } else if (value === undefined) definitions.lost.add(id);
    else into.set(id, value);
  };
  for (const element of childrenOf(root, 'transformation')) {
    define(element, definitions.transformations, readTransformation(element, findings));
  }
  for (const element of childrenOf(root, 'spectrumMatrix')) {
    define(element, definitions.matrices, readMatrix(element, findings));
  }
  return definitions;
}
