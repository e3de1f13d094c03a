import { join, resolve } from 'node:path';
import { gatingMlUnit, inGatingMlMatrix, withoutBiex, writeFlowjo, writeGatingMl } from '../../foreign/index.ts';
import { type Outcome, type OutFolder, outFolder, refused } from '../../pipeline/index.ts';
import { byText, counted, type Problem, problem } from '../../problems/index.ts';
import { reviewCodes } from '../../review/index.ts';
import { type CsvColumn, makeFolder, writeCsv, writeFileAtomically } from '../../tables/index.ts';
import { blindCopy } from './blindCopy.ts';
import { type ExportRecord, writeExportRecord } from './exportRecord.ts';
import { type OpenedRunTube, openRunTube } from './openRunTube.ts';
import { type ReadRun, type RunTube, readRun } from './readRun.ts';

export interface ExportGatesOptions {
  readonly as: 'flowjo' | 'gatingml';
  readonly out: string | undefined;
  /** Folder of the FCS files, where they are not where the run found them. */
  readonly fcs: string | undefined;
  /** Copies of the files under codes beside the workspace, so that who works on it knows no visit. */
  readonly isBlind?: boolean;
}

interface LogRow {
  readonly sampleId: string;
  readonly population: string;
  readonly how: 'exact' | 'traced' | 'left out';
  readonly why: string;
}

const logColumns: readonly CsvColumn<LogRow>[] = [
  { name: 'sample_id', kind: 'text', of: (row) => row.sampleId },
  { name: 'population', kind: 'text', of: (row) => row.population },
  { name: 'written', kind: 'text', of: (row) => row.how },
  { name: 'reason', kind: 'text', of: (row) => row.why },
];

/** The placed gates of a run for another program, each tube with its own; gates.csv says how exactly each came along. */
export function exportGates(folder: string, { as, out: typed, fcs, isBlind = false }: ExportGatesOptions): Outcome {
  if (isBlind && as !== 'flowjo') {
    const message = 'codes in place of names are for a workspace that a person works on: --blind goes with --as flowjo';
    return refused([problem('error', 'cli.usage', message, {})]);
  }
  const run = readRun(resolve(folder));
  if (run.value === undefined) return refused(run.problems);
  const { value } = run;
  const out = typed === undefined ? outFolder(join(folder, isBlind ? 'blind' : 'exports'), '') : outFolder(typed, '');
  const problems: Problem[] = [];
  const open = (tube: RunTube): readonly OpenedRunTube[] => {
    const opened = openRunTube(resolve(folder), value, tube, fcs);
    problems.push(...opened.problems);
    return opened.value === undefined ? [] : [opened.value];
  };
  const opened = value.tubes.filter(({ status }) => status !== 'failed').flatMap(open);
  const codes = isBlind ? codesOf(value.tubes) : undefined;
  const tubes = codes === undefined ? opened : blindTubes(opened, { codes, folder: out.path, problems });
  const files = tubes.length === 0 ? [] : as === 'gatingml' ? gatingMlFiles(tubes) : flowjoFiles(tubes, codes);
  for (const { name, text } of files) {
    const path = join(out.path, name);
    makeFolder(resolve(path, '..'));
    writeFileAtomically(path, text);
  }
  const kept = as === 'flowjo' && tubes.length > 0 ? keepRecord(value, tubes, { files, codes, out }) : '';
  const failed = value.tubes.length - tubes.length;
  const closing = `cytopair: gates of ${counted(tubes.length, 'tube')}, ${failed} without -> ${out.shown}${kept}`;
  return { exit: failed > 0 ? 3 : 0, problems, text: '', closing };
}

/** sample_id -> code, as in the review page. */
function codesOf(tubes: readonly RunTube[]): ReadonlyMap<string, string> {
  return reviewCodes(new Map(tubes.map(({ sampleId, sha256 }) => [sampleId, sha256 ?? ''])));
}

interface BlindWork {
  readonly codes: ReadonlyMap<string, string>;
  readonly folder: string;
  readonly problems: Problem[];
}

/** In the order of their codes, which is no order of visits. */
function blindTubes(tubes: readonly OpenedRunTube[], { codes, folder, problems }: BlindWork): readonly OpenedRunTube[] {
  makeFolder(folder);
  const codeOf = ({ sampleId }: OpenedRunTube) => codes.get(sampleId) ?? '';
  const sorted = [...tubes].sort((a, b) => byText(codeOf(a), codeOf(b)));
  return sorted.flatMap((tube) => {
    const copied = blindCopy(tube, codeOf(tube), folder);
    problems.push(...copied.problems);
    return copied.value ?? [];
  });
}

/** What tells edits again when the workspace comes back; apart from it where it would undo the codes. */
function keepRecord(
  { placements }: ReadRun,
  tubes: readonly OpenedRunTube[],
  { files, codes, out }: { files: readonly Written[]; codes: BlindWork['codes'] | undefined; out: OutFolder },
): string {
  const workspace = files.find(({ name }) => name === WORKSPACE)?.text ?? '';
  const folder = codes === undefined ? join(out.path, 'record') : `${out.path}-private`;
  const record: ExportRecord = {
    format: 'cytopair/exported-gates/1',
    placements: [...placements],
    isBlind: codes !== undefined,
    tubes: tubes.map(({ sampleId, fileName, unitFactors }) => ({
      sample_id: sampleId,
      tube: codes?.get(sampleId) ?? sampleId,
      file: fileName,
      unit_factors: unitFactors,
    })),
  };
  writeExportRecord(folder, record, workspace);
  return codes === undefined ? '' : `; codes -> ${out.shown}-private (keep it apart)`;
}

interface Written {
  readonly name: string;
  readonly text: string;
}

function gatingMlFiles(tubes: readonly OpenedRunTube[]): readonly Written[] {
  const files = tubes.map(({ sampleId, sample, parameters, keywords, matrix }) => {
    const unitOf = (channel: string) => {
      const parameter = parameters.find(({ name }) => name === channel);
      return gatingMlUnit(parameter, keywords);
    };
    const written = withoutBiex(inGatingMlMatrix(sample, matrix, unitOf));
    const text = writeGatingMl(written.sample, unitOf);
    return { name: `gates/${sampleId}.gating-ml.xml`, text, traced: written.traced };
  });
  const how = (tube: OpenedRunTube, id: string) => (files[tubes.indexOf(tube)]?.traced.has(id) ? 'traced' : 'exact');
  return [...files, { name: 'gates.csv', text: logText(tubes, how) }];
}

const WORKSPACE = 'gates.wsp';

function flowjoFiles(
  tubes: readonly OpenedRunTube[],
  codes: ReadonlyMap<string, string> | undefined,
): readonly Written[] {
  const { text, how } = writeFlowjo(
    tubes.map(({ sample, parameters, matrix, fileName }) => ({ sample, parameters, matrix, uri: fileName })),
  );
  const named = codes === undefined ? tubes : tubes.map((one) => ({ ...one, sampleId: codes.get(one.sampleId) ?? '' }));
  const log = logText(named, (tube, id) => how[named.indexOf(tube)]?.get(id) ?? 'exact');
  return [
    { name: WORKSPACE, text },
    { name: 'gates.csv', text: log },
  ];
}

function logText(
  tubes: readonly OpenedRunTube[],
  howOf: (tube: OpenedRunTube, id: string) => 'exact' | 'traced',
): string {
  const rows = tubes.flatMap((tube): readonly LogRow[] => {
    const { sampleId, sample, left } = tube;
    const written = sample.populations.map(({ id }) => ({ sampleId, population: id, how: howOf(tube, id), why: '' }));
    const lost = [...left].map(([population, why]) => ({ sampleId, population, how: 'left out' as const, why }));
    return [...written, ...lost];
  });
  return writeCsv(logColumns, rows);
}
