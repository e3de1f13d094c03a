import { type BookScale, scaleSpecOf } from '../../gating/index.ts';
import { problem, type Reading } from '../../problems/index.ts';
import { makeScale } from '../../scale/index.ts';
import { type AnnData, type AnnDataColumn, annDataBytes } from '../annData.ts';
import type { ExportEvents, ExportedRun, ExportTube, ExportTubeRecord } from '../exportedRun.ts';
import { type ExportFormat, type ExportPiece, filePiece } from '../exportFormat.ts';
import { noPackage, optionalPackage } from '../optionalPackage.ts';
import { rowsOf } from '../typedTable.ts';

export const h5ad: ExportFormat = {
  name: 'h5ad',
  summary:
    'the events of each tube for anndata and scanpy: compensated values, scaled beside them, and every population',
  isDraft: false,
  needs: 'events',
  async *pieces(run) {
    const library = await optionalPackage(() => import('h5wasm'));
    if (library === undefined) {
      yield noPackage('h5ad', 'h5wasm');
      return;
    }
    const facts = factsBySample(run);
    for (const tube of run.tubes) yield await tubePiece(run, tube, facts.get(tube.sampleId) ?? {});
  },
};

type Facts = Readonly<Record<string, string>>;

async function tubePiece(run: ExportedRun, tube: ExportTubeRecord, facts: Facts): Promise<ExportPiece> {
  const { sampleId, status } = tube;
  if (status === 'failed') return lost(sampleId, 'the tube failed in the run');
  const scales = scalesOf(run, sampleId);
  const { value, problems } = run.withTube(sampleId, (opened): Reading<AnnData> => {
    const events = opened.events();
    return { ...events, value: events.value && annDataOf({ run, tube, facts, opened, scales }, events.value) };
  });
  const [first] = problems;
  if (value === undefined)
    return first === undefined ? lost(sampleId, 'it was not read') : { kind: 'problem', problem: first };
  return filePiece(`h5ad/${sampleId}.h5ad`, await annDataBytes(value));
}

function lost(sampleId: string, message: string): ExportPiece {
  return { kind: 'problem', problem: problem('warning', 'output.not-exported', message, { sampleId }) };
}

interface TubeFacts {
  readonly run: ExportedRun;
  readonly tube: ExportTubeRecord;
  readonly facts: Facts;
  readonly opened: ExportTube;
  readonly scales: readonly BookScale[];
}

function annDataOf({ run, tube, facts, opened, scales }: TubeFacts, { columns, membership }: ExportEvents): AnnData {
  const { eventCount, parameters } = opened;
  const own = parameters.map(({ name }) => scales.find(({ channel }) => channel === name));
  const linear = [...columns.values()];
  const scaled = linear.map((column, i) => scaledColumn(column, own[i]));
  return {
    names: { events: `${tube.sampleId}-`, channels: parameters.map(({ name }) => name) },
    eventCount,
    x: linear,
    layers: new Map([['scaled', scaled]]),
    events: [
      { name: 'population', ...deepest(membership, eventCount) },
      ...Object.entries(facts).map(([name, value]) => ({ name, ...oneCategory(value, eventCount) })),
      // An HDF5 key cannot hold "/".
      ...[...membership].map(([path, marks]) => ({ name: columnOf(path), marks })),
    ],
    channels: [
      { name: 'marker', words: own.map((scale) => scale?.marker ?? '') },
      { name: 'stain', words: parameters.map(({ stain }) => stain ?? '') },
      { name: 'scale', words: own.map((scale) => (scale === undefined ? 'linear' : scaleWords(scale))) },
    ],
    words: {
      cytopair: run.version,
      study: run.study,
      file_sha256: run.inputs.find(({ role, sampleId }) => role === 'fcs' && sampleId === tube.sampleId)?.sha256 ?? '',
      compensation: tube.compensation ?? '',
      flags: tube.flags.join(';'),
      status: tube.status,
    },
  };
}

const columnOf = (path: string): string => path.replaceAll('/', '|');

/** The deepest population of each event, of several the one with the fewest events; root where none holds it. */
function deepest(membership: ExportEvents['membership'], eventCount: number) {
  const paths = ['root', ...membership.keys()];
  const codes = new Int16Array(eventCount);
  const sizes = [eventCount, ...[...membership.values()].map((marks) => marks.reduce((sum, mark) => sum + mark, 0))];
  const depth = (code: number): number => (code === 0 ? 0 : (paths[code] ?? '').split('/').length);
  // From what weighs least to what weighs most: the last that holds an event keeps it.
  const order = paths.map((_, code) => code).sort((a, b) => depth(a) - depth(b) || sizes[b]! - sizes[a]!);
  for (const code of order.slice(1)) {
    const marks = membership.get(paths[code] ?? '');
    for (let event = 0; event < eventCount; event++) if (marks?.[event] === 1) codes[event] = code;
  }
  return { codes, categories: paths };
}

function oneCategory(value: string, eventCount: number): Omit<Extract<AnnDataColumn, { codes: Int16Array }>, 'name'> {
  return { codes: new Int16Array(eventCount), categories: [value] };
}

/** Coordinates on the marker's own scale; linear values where the template gives the channel none. */
function scaledColumn(column: Float64Array, scale: BookScale | undefined): Float64Array {
  if (scale === undefined) return column;
  const out = new Float64Array(column.length);
  makeScale(scaleSpecOf(scale)).forwardColumn(column, out);
  return out;
}

function scaleWords(scale: BookScale): string {
  return JSON.stringify(scaleSpecOf(scale));
}

function scalesOf({ books }: ExportedRun, sampleId: string): readonly BookScale[] {
  const own = books.find(({ gates }) => gates.some(({ tubes }) => tubes.some((one) => one.sample_id === sampleId)));
  return own?.scales ?? [];
}

/** Who a tube is, by the table of frequencies; what is empty there is left out. */
function factsBySample(run: ExportedRun): ReadonlyMap<string, Facts> {
  const wanted = ['sample_id', 'subject', 'visit', 'panel', 'role', 'batch', 'arm'];
  const roots = run.tableNames.includes('frequencies')
    ? rowsOf(run.table('frequencies')).filter(({ population }) => population === 'root')
    : [];
  return new Map(
    roots.map((row) => [
      String(row.sample_id),
      Object.fromEntries(wanted.flatMap((name) => (row[name] ? [[name, String(row[name])]] : []))),
    ]),
  );
}
