import type { FcsParameter } from '../../../fcs/index.ts';
import type { ForeignMatrix, ForeignSample } from '../../model.ts';
import { writeXml, type XmlPart } from '../../xml/writeXml.ts';
import { displayOf, displayPart, ownDisplays } from './displays.ts';
import { graph, type HowWritten, writtenNodes } from './nodes.ts';

/** One tube of a workspace. */
export interface WorkspaceTube {
  readonly sample: ForeignSample;
  readonly parameters: readonly FcsParameter[];
  /** What was applied, the file's own or another; undefined where nothing was. */
  readonly matrix: ForeignMatrix | undefined;
  /** Address of the file, relative. */
  readonly uri: string;
}

const NAMESPACES = {
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:gating': 'http://www.isac-net.org/std/Gating-ML/v2.0/gating',
  'xmlns:transforms': 'http://www.isac-net.org/std/Gating-ML/v2.0/transformations',
  'xmlns:data-type': 'http://www.isac-net.org/std/Gating-ML/v2.0/datatypes',
};
const PREFIX = 'Comp-';
/** What a workspace needs of a file's keywords: nothing that may name a person. */
const KEYWORD = /^\$(?:CYT|TOT|PAR|MODE|DATATYPE|BYTEORD|TIMESTEP|P\d+[NSREGBV])$/;

/** A workspace that FlowJo 10 and 11 open; and for each tube how exactly its populations stand there. */
export function writeFlowjo(tubes: readonly WorkspaceTube[]): {
  readonly text: string;
  readonly how: readonly HowWritten[];
} {
  const written = tubes.map(sampleParts);
  const refs = tubes.map((_, i) => ({ name: 'SampleRef', attributes: { sampleID: i + 1 } }));
  const group = {
    name: 'Group',
    attributes: { name: 'All Samples', live: 1, synchronized: 0 },
    children: [{ name: 'Criteria' }, { name: 'SampleRefs', children: refs }],
  };
  const groupNode = {
    name: 'All Samples',
    annotation: '',
    owningGroup: 'All Samples',
    expanded: 1,
    sortPriority: 10,
    count: 0,
  };
  const root: XmlPart = {
    name: 'Workspace',
    attributes: { version: '20.0', flowJoVersion: '10.8.1', curGroup: 'All Samples', ...NAMESPACES },
    children: [
      { name: 'Groups', children: [{ name: 'GroupNode', attributes: groupNode, children: [graph(''), group] }] },
      { name: 'SampleList', children: written.map(({ part }) => part) },
    ],
  };
  return { text: writeXml(root), how: written.map(({ how }) => how) };
}

function sampleParts(
  { sample, parameters, matrix, uri }: WorkspaceTube,
  index: number,
): { part: XmlPart; how: HowWritten } {
  const sampleID = index + 1;
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const partner = parameters.find(({ name }) => /^SSC?/i.test(name))?.name ?? parameters[0]?.name ?? '';
  const own = ownDisplays(sample);
  const displayFor = (parameter: FcsParameter) => own.get(parameter.name) ?? displayOf(parameter);
  const { nodes, how } = writtenNodes(sample.populations, {
    nameOf: ({ source, compensation }) => {
      const name = source.kind === 'channel' ? source.name : source.of[0];
      return `${compensation.kind === 'none' ? '' : PREFIX}${flowjoName(name)}`;
    },
    displayOf: (channel) => displayFor(byName.get(channel) ?? { ...parameters[0]!, name: channel }),
    partner: flowjoName(partner),
  });
  const compensated = new Set(matrix?.detectors ?? []);
  const displays = parameters.flatMap((parameter) => {
    const display = displayFor(parameter);
    const names = compensated.has(parameter.name) ? ['', PREFIX] : [''];
    return names.map((prefix) => displayPart(display, `${prefix}${flowjoName(parameter.name)}`));
  });
  const keywords = [...sample.keywords]
    .filter(([name]) => KEYWORD.test(name))
    .map(([name, value]) => ({ name: 'Keyword', attributes: { name, value } }));
  const node = {
    name: sample.name,
    annotation: '',
    owningGroup: '',
    expanded: 1,
    sortPriority: 10,
    count: sample.eventCount ?? -1,
    sampleID,
  };
  const part: XmlPart = {
    name: 'Sample',
    children: [
      { name: 'DataSet', attributes: { uri: encodeURI(uri), sampleID } },
      ...(matrix === undefined ? [] : [matrixPart(matrix)]),
      { name: 'Transformations', children: displays },
      { name: 'Keywords', children: keywords },
      {
        name: 'SampleNode',
        attributes: node,
        children: [graph(flowjoName(partner)), { name: 'Subpopulations', children: nodes }],
      },
    ],
  };
  return { part, how };
}

function flowjoName(channel: string): string {
  return channel.replaceAll('/', '_');
}

function matrixPart({ id, name, detectors, rows }: ForeignMatrix): XmlPart {
  const parameter = (one: string): XmlPart => ({
    name: 'data-type:parameter',
    attributes: { 'data-type:name': flowjoName(one) },
  });
  const spillover = rows.map((row, i) => ({
    name: 'transforms:spillover',
    attributes: { 'data-type:parameter': flowjoName(detectors[i]!) },
    children: row.map((value, j) => ({
      name: 'transforms:coefficient',
      attributes: { 'data-type:parameter': flowjoName(detectors[j]!), 'transforms:value': value },
    })),
  }));
  return {
    name: 'transforms:spilloverMatrix',
    attributes: {
      prefix: PREFIX,
      name,
      editable: 0,
      color: '#c0c0c0',
      status: 'FINALIZED',
      'transforms:id': id,
      suffix: '',
    },
    children: [{ name: 'data-type:parameters', children: detectors.map(parameter) }, ...spillover],
  };
}
