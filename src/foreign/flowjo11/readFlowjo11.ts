import { type Problem, problem, type Reading } from '../../problems/index.ts';
import type { ForeignGating, ForeignSample } from '../model.ts';
import { growTree } from '../tree/growTree.ts';
import { analysesIn } from './archive.ts';
import { type Matrix11, matrix11, namedChannel } from './matrix11.ts';
import { tree11 } from './tree11.ts';
import { Analysis, Group, Source, SourceParameter } from './workbench.ts';

/**
 * The samples of a FlowJo 11 workbench (.flowjo). No document of the program itself could be tried: what others published of
 * the format is read, and a reader is told to compare counts.
 */
export function readFlowjo11(bytes: Uint8Array, file: string): Reading<ForeignGating> {
  const { value: analyses, problems } = analysesIn(bytes, file);
  if (analyses === undefined) return { value: undefined, problems };
  const found: Problem[] = [];
  const say: Say = (severity, code, message) => found.push(problem(severity, code, message, { file }));
  const samples = analyses.flatMap((written) => {
    const analysis = Analysis.safeParse(written);
    if (analysis.success) return samplesOf(analysis.data, say);
    const keys = [...new Set(analysis.error.issues.map(({ path }) => `"${path.join('.')}"`))];
    say('error', 'import.unknown-format', `the analysis is not written as FlowJo 11 does: ${keys.join(', ')}`);
    return [];
  });
  if (found.some(({ severity }) => severity === 'error')) return { value: undefined, problems: found };
  const unverified =
    'the format of FlowJo 11 is read as others describe it, and was tried on no file of the program (unverified)';
  say('warning', 'import.unverified', unverified);
  const program = 'FlowJo 11 (unverified)';
  return { value: { format: 'flowjo', program, values: 'linear', samples, leftOut: [] }, problems: found };
}

type Say = (severity: Problem['severity'], code: Problem['code'], message: string) => void;

function samplesOf(analysis: Analysis, say: Say): readonly ForeignSample[] {
  const matrices = new Map<string, Matrix11>();
  for (const [id, written] of Object.entries(analysis.platforms.spilloverMatrix)) {
    const made = matrix11(id, written);
    if (typeof made === 'string') say('warning', 'import.unreadable-matrix', `matrix "${id}": ${made}`);
    else matrices.set(id, made);
  }
  return Object.entries(analysis.dataSources).flatMap(([id, written]) => {
    const source = Source.safeParse(written);
    if (source.success) return [sampleOf(id, source.data, { analysis, matrices, say })];
    say('warning', 'import.not-carried', `the data source "${id}" cannot be read`);
    return [];
  });
}

interface Around {
  readonly analysis: Analysis;
  readonly matrices: ReadonlyMap<string, Matrix11>;
  readonly say: Say;
}

function sampleOf(id: string, source: Source, { analysis, matrices, say }: Around): ForeignSample {
  const keywords = keywordsOf(source);
  const fileNames = [
    baseName(source.definition.uri),
    textOf(source.definition.customKeywords['File Name']),
    keywords.get('$FIL') ?? '',
  ];
  const name = fileNames.find((one) => one !== '') ?? id;
  const wanted = source.parents.platforms;
  const matrix = wanted.map((one) => matrices.get(one)).find((one) => one !== undefined);
  // Compensated by a matrix that cannot be used is not compensated by the file's.
  const isLost = matrix === undefined && wanted.some((one) => one in analysis.platforms.spilloverMatrix);
  const { drafts, eventCount } = tree11(analysis.populations, analysis.populationDefinitions, {
    id,
    named: isLost ? lostChannel : namedChannel(matrix),
    say: (path, why) => say('warning', 'import.unreadable-gate', `gate "${path}" of "${name}": ${why}`),
  });
  return {
    name,
    fileNames: [...new Set(fileNames)].filter((one) => one !== ''),
    eventCount: eventCount ?? (Number(keywords.get('$TOT')) || null),
    keywords,
    groups: groupsOf(analysis, id),
    matrices: matrix === undefined ? [] : [matrix.matrix],
    populations: growTree(drafts, (code, message) => say('warning', code, message)),
  };
}

/** Names a matrix that is not there, so that the gates on it are not counted and say why. */
function lostChannel(name: string) {
  const bare = /^Comp-(.+)$/.exec(name)?.[1];
  return bare === undefined
    ? ({ channel: name, compensation: { kind: 'none' } } as const)
    : ({ channel: bare, compensation: { kind: 'matrix', id: 'unreadable' } } as const);
}

function groupsOf({ groups }: Analysis, id: string): readonly string[] {
  return Object.values(groups).flatMap((written) => {
    const { data: group } = Group.safeParse(written);
    return group?.results.dataSources.includes(id) && group.definition.name !== '' ? [group.definition.name] : [];
  });
}

function keywordsOf({ results: { keywords, parameters } }: Source): ReadonlyMap<string, string> {
  const ofChannels = Object.values(parameters)
    .flat()
    .flatMap((one) => Object.entries(SourceParameter.safeParse(one).data?.keywords ?? {}));
  const all = [...Object.entries(keywords), ...ofChannels];
  return new Map(all.map(([key, value]) => [key.trim().toUpperCase(), textOf(value).trim()]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The last part of an address or path, decoded where it is an address. */
function baseName(uri: string): string {
  const last = uri.split(/[/\\]/).at(-1) ?? '';
  if (!/^[a-z]+:/i.test(uri)) return last;
  try {
    return decodeURIComponent(last);
  } catch (error) {
    if (error instanceof URIError) return last;
    throw error;
  }
}
