import { type RecordInput, type RecordTube, runRecord, sortInputs, version } from '../../batch/index.ts';
import { concordanceColumns, type ForeignGating, importText } from '../../foreign/index.ts';
import { type Frequency, frequencyColumns } from '../../frequencies/index.ts';
import { type Problem, sortProblems } from '../../problems/index.ts';
import type { Tube } from '../../study/index.ts';
import { jsonText, writeCsv } from '../../tables/index.ts';
import { openOutputs, removeFormerOutputs } from '../outputs.ts';
import { type Ending, membershipText } from '../writeResults.ts';
import type { CountedTube } from './countTube.ts';

export interface ForeignTubeResult {
  readonly tube: Tube;
  /** undefined where the tube failed. */
  readonly counted: CountedTube | undefined;
  readonly frequencies: readonly Frequency[];
}

export interface ForeignResults {
  readonly gating: ForeignGating;
  /** The document of gates. */
  readonly input: RecordInput;
  readonly tubes: readonly ForeignTubeResult[];
  readonly problems: readonly Problem[];
  readonly concordance: boolean;
}

/** Writes the files of `gate` by gates of another program; run.json comes last, so that a folder with a record is complete. */
export async function writeForeign(folder: string, results: ForeignResults, { log, ...ending }: Ending): Promise<void> {
  const { gating, input, tubes, problems } = results;
  const outputs = openOutputs(folder, log);
  const frequencies = tubes.flatMap((one) => one.frequencies);
  const rows = tubes.flatMap(({ counted }) => counted?.concordance ?? []);
  outputs.write('frequencies.csv', writeCsv(frequencyColumns([]), frequencies));
  if (results.concordance) outputs.write('concord.csv', writeCsv(concordanceColumns, rows));
  outputs.write('import.md', importText(gating, problems));
  for (const { tube, counted } of tubes) {
    if (!counted?.counts.membership) continue;
    outputs.write(`membership/${tube.sampleId}.csv`, membershipText(counted.counts, counted.counts.membership));
  }
  const records = tubes.map(recordOf);
  const inputs = [input, ...tubes.map(inputOf)];
  const { renderReport } = await import('../../report/index.ts');
  outputs.write(
    'report.html',
    renderReport({
      command: 'gate',
      study: { name: 'gate', title: `Gates of ${gating.program}`, isSynthetic: false },
      isPlanned: false,
      plan: null,
      visits: [],
      tubes: tubes.map(({ tube, counted }) => reportTube(tube, counted, problems)),
      panels: [],
      frequencies: [...frequencies].sort((a, b) => (a.sampleId < b.sampleId ? -1 : a.sampleId > b.sampleId ? 1 : 0)),
      comparisons: [],
      pairs: [],
      visitRows: [],
      values: [],
      quality: undefined,
      siblings: [],
      pictures: new Map(),
      problems: sortProblems(problems),
      methods: '',
      files: sortInputs(inputs).flatMap(({ role, path, sampleId, bytes, sha256 }) =>
        bytes === null || sha256 === null ? [] : [{ role, path, sampleId, sizeBytes: bytes, sha256 }],
      ),
      versions: { cytopair: version },
      seeds: {},
      concordance: results.concordance ? rows : undefined,
    }),
  );
  removeFormerOutputs(folder, 'gate', outputs.written);
  const record = runRecord({
    command: 'gate',
    study: 'gate',
    ...ending,
    inputs,
    outputs: outputs.written,
    tubes: records,
    problems,
    plan: undefined,
    seeds: {},
    versions: { cytopair: version },
    finished: new Date(),
  });
  outputs.write('run.json', jsonText(record));
}

function recordOf({ tube, counted }: ForeignTubeResult): RecordTube {
  return {
    sampleId: tube.sampleId,
    status: counted === undefined ? 'failed' : 'ok',
    events: counted?.counts.eventCount ?? null,
    cytometer: counted?.cytometer ?? '',
    flags: [],
  };
}

function inputOf({ tube, counted }: ForeignTubeResult): RecordInput {
  const { displayPath: path, sampleId } = tube;
  return { role: 'fcs', path, sampleId, bytes: counted?.bytes ?? null, sha256: counted?.sha256 ?? null };
}

function reportTube(tube: Tube, counted: CountedTube | undefined, problems: readonly Problem[]) {
  const { sampleId, subject, visit, panel, role, batch, arm } = tube;
  const own = problems.find((found) => found.where.sampleId === sampleId && found.severity === 'error');
  return {
    ...{ sampleId, subject, visit, panel, role, batch, arm },
    status: counted === undefined ? ('failed' as const) : ('ok' as const),
    reason: counted === undefined ? (own?.message ?? '') : '',
    eventCount: counted?.counts.eventCount ?? null,
    flags: [],
  };
}
