import type { ForeignSample } from '../model.ts';
import { growTree } from '../tree/growTree.ts';
import { attribute, childOf, childrenOf, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';
import { axesOf } from './axes.ts';
import type { ProgramRules } from './gateOf.ts';
import { displaysOfKeywords, readDisplays, readMacDisplays } from './readDisplays.ts';
import { type NamedMatrix, readSampleMatrix } from './readMatrices.ts';
import { readTree } from './readTree.ts';

/** What of a workspace its samples share. */
export interface WorkspaceContext {
  readonly root: XmlElement;
  readonly isMac: boolean;
  /** Of the program; NaN where it is not told. */
  readonly version: number;
  readonly macMatrices: readonly (NamedMatrix | undefined)[];
  readonly groupsOf: (sampleId: string) => readonly string[];
  readonly findings: XmlFindings;
}

/** The first version in which a vertex at or below 0 of a logarithmic axis lies in channel 0. */
const VERTEX_IN_CHANNEL_0 = 10.3;

/**
 * What versions do with gates. Polygons: FlowJo 10 takes them on its grid, 7.2 on channels, 7.6 exactly; those for Mac by a
 * rule that is not known. Edges: FlowJo 7 counts what lies on one to the lower side.
 */
function rulesOf(version: number): ProgramRules {
  const lowVertex = version < VERTEX_IN_CHANNEL_0 ? 'below' : 'channel 0';
  if (version >= 10) return { grid: 'flowjo 10', edges: 'upper', lowVertex };
  if (version >= 8) return { grid: null, edges: 'upper', lowVertex };
  return { grid: version < 7.6 ? 'flowjo 7.2' : null, edges: 'lower', lowVertex };
}

/** The trees of one sample: one a sample node, which is nearly always one. */
export function readSample(sample: XmlElement, context: WorkspaceContext): readonly ForeignSample[] {
  const { isMac, root, version, findings } = context;
  const keywords = keywordsOf(sample);
  const matrix = isMac ? macMatrix(sample, context) : readSampleMatrix(sample, findings);
  const written = readDisplays(sample);
  const displays = isMac
    ? readMacDisplays(sample, root, keywords)
    : written.size > 0
      ? written
      : displaysOfKeywords(keywords);
  const dataSet = childOf(sample, 'DataSet');
  const uri = (dataSet && attribute(dataSet, 'uri')) ?? '';
  const axisNamed = axesOf(displays, matrix);
  const program = rulesOf(version);
  return childrenOf(sample, 'SampleNode').map((node) => {
    const name = attribute(node, 'name') ?? baseName(uri);
    const drafts = readTree(node, { axisNamed, isMac, program, findings });
    const total = numberAttribute(sample, 'eventCount') ?? numberAttribute(node, 'count') ?? Number.NaN;
    return {
      name,
      fileNames: [...new Set([baseName(uri), name, keywords.get('$FIL') ?? ''])].filter((one) => one !== ''),
      eventCount: total > 0 ? total : Number(keywords.get('$TOT')) || null,
      keywords,
      groups: context.groupsOf(attribute(node, 'sampleID') ?? ''),
      matrices: matrix === undefined ? [] : [matrix.matrix],
      populations: growTree(drafts, findings.add),
    };
  });
}

function macMatrix(sample: XmlElement, { macMatrices }: WorkspaceContext): NamedMatrix | undefined {
  const id = numberAttribute(sample, 'compensationID');
  // Places in the list count from 1; a workspace with one matrix may name it by another number.
  const [only] = macMatrices;
  if (id === undefined || !(id > 0)) return undefined;
  return macMatrices.length === 1 ? only : macMatrices[id - 1];
}

function keywordsOf(sample: XmlElement): ReadonlyMap<string, string> {
  const list = childOf(sample, 'Keywords');
  const keywords = list === undefined ? [] : childrenOf(list, 'Keyword');
  return new Map(
    keywords.map((one) => [
      (attribute(one, 'name') ?? '').trim().toUpperCase(),
      (attribute(one, 'value') ?? '').trim(),
    ]),
  );
}

/** The last part of an address or path, decoded. */
function baseName(uri: string): string {
  const last = uri.split(/[/\\]/).at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch (error) {
    if (error instanceof URIError) return last;
    throw error;
  }
}
