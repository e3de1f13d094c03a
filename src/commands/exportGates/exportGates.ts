import { join, resolve } from 'node:path';
import { gatingMlUnit, inGatingMlMatrix, withoutBiex, writeFlowjo, writeGatingMl } from '../../foreign/index.ts';
import { type Outcome, outFolder, refused } from '../../pipeline/index.ts';
import { counted, type Problem } from '../../problems/index.ts';
import { type CsvColumn, makeFolder, writeCsv, writeFileAtomically } from '../../tables/index.ts';
import { type OpenedRunTube, openRunTube } from './openRunTube.ts';
import { readRun } from './readRun.ts';

export interface ExportGatesOptions {
  readonly as: 'flowjo' | 'gatingml';
  readonly out: string | undefined;
  /** Folder of the FCS files, where they are not where the run found them. */
  readonly fcs: string | undefined;
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
export function exportGates(folder: string, { as, out: typed, fcs }: ExportGatesOptions): Outcome {
  const run = readRun(resolve(folder));
  if (run.value === undefined) return refused(run.problems);
  const { value } = run;
  const out = typed === undefined ? outFolder(join(folder, 'exports'), '') : outFolder(typed, '');
  const problems: Problem[] = [];
  const tubes = value.tubes
    .filter(({ status }) => status !== 'failed')
    .flatMap((tube) => {
      const opened = openRunTube(resolve(folder), value, tube, fcs);
      problems.push(...opened.problems);
      return opened.value ?? [];
    });
  const files = tubes.length === 0 ? [] : as === 'gatingml' ? gatingMlFiles(tubes) : flowjoFiles(tubes);
  for (const { name, text } of files) {
    const path = join(out.path, name);
    makeFolder(resolve(path, '..'));
    writeFileAtomically(path, text);
  }
  const failed = value.tubes.length - tubes.length;
  const closing = `cytopair: gates of ${counted(tubes.length, 'tube')}, ${failed} without -> ${out.shown}`;
  return { exit: failed > 0 ? 3 : 0, problems, text: '', closing };
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

function flowjoFiles(tubes: readonly OpenedRunTube[]): readonly Written[] {
  const { text, how } = writeFlowjo(
    tubes.map(({ sample, parameters, matrix, fileName }) => ({ sample, parameters, matrix, uri: fileName })),
  );
  const log = logText(tubes, (tube, id) => how[tubes.indexOf(tube)]?.get(id) ?? 'exact');
  return [
    { name: 'gates.wsp', text },
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
