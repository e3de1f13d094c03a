import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkRunFolder, version } from '../../batch/index.ts';
import { cellDifferences, type Spillover } from '../../compensation/index.ts';
import type { OutFolder } from '../../pipeline/index.ts';
import type { Problem } from '../../problems/index.ts';
import { type CsvColumn, jsonText, makeFolder, writeCsv, writeFileAtomically } from '../../tables/index.ts';
import type { Compared } from './comparedMatrix.ts';
import type { MeasuredControl, MeasuredSheet } from './measureSheet.ts';

const recordFile = 'compensation.json';
const format = 'cytopair/compensation/1';

/** Why a matrix may not go into a folder: it is neither empty, nor an earlier answer of this command. */
export function refusedCompensationFolder(out: OutFolder): Problem | undefined {
  const path = join(out.path, recordFile);
  const isOurs =
    statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path, 'utf8').includes(`"${format}"`);
  return isOurs ? undefined : checkRunFolder(out.path, out.shown);
}

/** The matrix as templates take it, every coefficient, every control, the light of unstained events, and a record. */
export function writeCompensation(out: OutFolder, measured: MeasuredSheet, compared: Compared | undefined): void {
  const { spillover, controls } = measured;
  makeFolder(out.path);
  const files = [
    { name: 'matrix.csv', text: matrixText(spillover) },
    { name: 'coefficients.csv', text: coefficientsText(measured, compared) },
    { name: 'controls.csv', text: writeCsv(controlColumns, controls) },
    { name: 'autofluorescence.csv', text: autofluorescenceText(measured) },
    { name: recordFile, text: jsonText(recordOf(measured, compared)) },
  ];
  for (const { name, text } of files) writeFileAtomically(join(out.path, name), text);
}

function matrixText({ channels, matrix }: Spillover): string {
  const n = channels.length;
  const columns: readonly CsvColumn<{ readonly row: number }>[] = [
    { name: '', kind: 'text', of: ({ row }) => channels[row] },
    ...channels.map((name, column) => ({
      name,
      kind: 'rounded' as const,
      of: ({ row }: { readonly row: number }) => matrix[row * n + column],
    })),
  ];
  return writeCsv(
    columns,
    channels.map((_, row) => ({ row })),
  );
}

interface CoefficientRow {
  readonly dye: string;
  readonly detector: string;
  readonly measured: number;
  readonly standard_error: number | undefined;
  readonly along_positives: number | undefined;
  readonly compared: number | null;
  readonly difference: number | null;
}

function coefficientsText({ spillover, controls }: MeasuredSheet, compared: Compared | undefined): string {
  const own = cellDifferences(spillover, compared?.spillover ?? { channels: [], matrix: new Float64Array() });
  const rows = own.map(({ dye, detector, measured, other }): CoefficientRow => {
    const coefficient = controls.find((one) => one.own === dye)?.coefficients.get(detector);
    const known = compared === undefined ? null : other;
    return {
      dye,
      detector,
      measured,
      standard_error: coefficient?.standardError,
      along_positives: finite(coefficient?.alongPositives),
      compared: known,
      difference: known === null ? null : measured - known,
    };
  });
  return writeCsv<CoefficientRow>(
    [
      { name: 'dye', kind: 'text' },
      { name: 'detector', kind: 'text' },
      { name: 'measured', kind: 'rounded' },
      { name: 'standard_error', kind: 'rounded' },
      { name: 'along_positives', kind: 'rounded' },
      { name: 'compared', kind: 'rounded' },
      { name: 'difference', kind: 'rounded' },
    ],
    rows,
  );
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

const controlColumns: readonly CsvColumn<MeasuredControl>[] = [
  { name: 'file', kind: 'text', of: ({ name }) => name },
  { name: 'channel', kind: 'text', of: ({ own }) => own },
  { name: 'found', kind: 'logical', of: ({ isFound }) => isFound },
  { name: 'events', kind: 'count', of: ({ gatedCount }) => gatedCount },
  { name: 'stained', kind: 'count', of: ({ positiveCount }) => positiveCount },
  { name: 'background', kind: 'text', of: ({ backgroundOf }) => backgroundOf },
  { name: 'background_events', kind: 'count', of: ({ backgroundCount }) => backgroundCount },
  { name: 'height', kind: 'rounded', of: ({ height }) => height },
  { name: 'threshold', kind: 'rounded', of: ({ threshold }) => threshold },
  { name: 'off_scale', kind: 'rounded', of: ({ offScaleShare }) => offScaleShare },
  { name: 'remarks', kind: 'text', of: ({ problems }) => problems.map(({ code }) => code).join(';') },
];

/** The level of each detector without a dye, as each control was measured from it; linear units. */
function autofluorescenceText({ controls, spillover }: MeasuredSheet): string {
  return writeCsv<MeasuredControl>(
    [
      { name: 'channel', kind: 'text', of: ({ own }) => own },
      { name: 'background', kind: 'text', of: ({ backgroundOf }) => backgroundOf },
      ...spillover.channels.map((name) => ({
        name,
        kind: 'rounded' as const,
        of: ({ background }: MeasuredControl) => background.get(name),
      })),
    ],
    controls,
  );
}

function recordOf({ spillover, controls, unstained }: MeasuredSheet, compared: Compared | undefined): object {
  return {
    format,
    cytopair: version,
    source: spillover.source,
    channels: spillover.channels,
    condition_number: spillover.conditionNumber,
    unstained: unstained?.control.name ?? null,
    controls: controls.map(({ name, own }) => ({ file: name, channel: own })),
    compared_with: compared === undefined ? null : `${compared.spillover.source} of ${compared.name}`,
  };
}
