import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cohort, planCohort } from '../../samples/cohort.ts';
import { channelRange, fluorescenceDetectors, tubeParameters } from '../../samples/panel.ts';
import { sheetCsv, studyYaml } from '../../samples/studyFiles.ts';
import { drawTube } from '../../samples/tube.ts';
import { type FcsToWrite, writeFcs } from '../../src/fcs/tools.ts';
import { design } from '../samples/designs.ts';

/** One tube as it will be written, for a fault to change. */
export interface MadeTube {
  readonly file: Omit<FcsToWrite, 'keywords'> & { readonly keywords: Readonly<Record<string, string>> };
  /** Detectors in the order of the matrix, and the matrix row by row. */
  readonly detectors: readonly string[];
  readonly spillover: readonly number[];
}

export type Fault = (tube: MadeTube, sampleId: string) => FcsToWrite;

interface StudyChange {
  /** sampleId -> the tube whose events it gets. */
  readonly sameAs?: Readonly<Record<string, string>>;
  /** Added to study.yaml. */
  readonly yaml?: string;
}

/** A cohort of 24 drawn tubes on disk, eight patients at three visits, in some of which a fault was put. */
export function faultyStudy(
  faults: Readonly<Record<string, Fault>>,
  { sameAs = {}, yaml = '' }: StudyChange = {},
): { readonly folder: string; readonly study: string } {
  const cohort = planCohort(design({ visits: ['BL', 'M1', 'M3'] }));
  const folder = mkdtempSync(join(tmpdir(), 'unlike-'));
  mkdirSync(join(folder, 'fcs'));
  const withoutDraws = studyYaml(cohort, 'faulty')
    .replace(/^rules:.*$/m, 'rules: { draws: 0 }')
    .replace('    sensitivity: [draws]\n', '');
  writeFileSync(join(folder, 'study.yaml'), `${withoutDraws}${yaml}`);
  writeFileSync(join(folder, 'sheet.csv'), sheetCsv(cohort));
  for (const { sampleId } of cohort.tubes) {
    const tube = madeTube(cohort, sampleId, sameAs[sampleId] ?? sampleId);
    const written = faults[sampleId]?.(tube, sampleId) ?? tube.file;
    writeFileSync(join(folder, 'fcs', `${sampleId}.fcs`), writeFcs(written));
  }
  return { folder, study: join(folder, 'study.yaml') };
}

function madeTube(cohort: Cohort, sampleId: string, from: string): MadeTube {
  const designed = cohort.tubes.find((tube) => tube.sampleId === from);
  if (designed === undefined) throw new Error(`no tube ${from}`);
  const events = drawTube(cohort, designed);
  const detectors: readonly string[] = fluorescenceDetectors;
  const spillover = [...cohort.writtenSpillover];
  const parameters = tubeParameters.map(({ name, stain }, index) => {
    return { name, stain, range: channelRange, extra: { V: voltageOf(sampleId, index), G: '1' } };
  });
  const keywords = {
    $CYT: 'Fortessa',
    $CYTSN: 'H647',
    $TIMESTEP: '0.01',
    $DATE: dateOf(cohort, sampleId),
    $SPILLOVER: spilloverText(detectors, spillover),
  };
  const eventCount = events.status.length;
  const file = { version: 'FCS3.1', parameters, keywords, columns: events.columns, eventCount } as const;
  return { file, detectors, spillover };
}

/** A few volts apart from day to day, as setups leave them. */
function voltageOf(sampleId: string, index: number): string {
  return String(400 + 10 * index + (sampleId.charCodeAt(2) % 3));
}

export function spilloverText(detectors: readonly string[], matrix: readonly number[]): string {
  return [detectors.length, ...detectors, ...matrix].join(',');
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Acquired on the day of the sheet. */
function dateOf(cohort: Cohort, sampleId: string): string {
  const rows = sheetCsv(cohort).trim().split('\n');
  const row = rows.find((line) => line.startsWith(`${sampleId},`)) ?? '';
  const [year, month, day] = (row.split(',')[6] ?? '').split('-');
  return `${day}-${months[Number(month) - 1]}-${year}`;
}

/** A tube with other keywords; an empty text takes one away. */
export function withKeywords({ file }: MadeTube, change: Readonly<Record<string, string>>): FcsToWrite {
  const keywords = Object.entries({ ...file.keywords, ...change }).filter(([, value]) => value !== '');
  return { ...file, keywords: Object.fromEntries(keywords) };
}

/** A tube whose parameters are described otherwise. */
export function withParameters(
  { file }: MadeTube,
  change: (parameter: FcsToWrite['parameters'][number]) => Partial<FcsToWrite['parameters'][number]>,
): FcsToWrite {
  return { ...file, parameters: file.parameters.map((parameter) => ({ ...parameter, ...change(parameter) })) };
}

/** All values but time times a factor. */
export function withValuesTimes(file: FcsToWrite, factor: number): FcsToWrite {
  const columns = file.columns.map((column, index) =>
    file.parameters[index]?.name === 'Time' ? column : column.map((value) => value * factor),
  );
  return { ...file, columns };
}
