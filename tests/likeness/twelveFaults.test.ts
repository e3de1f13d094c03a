import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { cytopair, type Ended, tinyStudy } from '../cli/cytopair.ts';
import {
  type Fault,
  faultyStudy,
  spilloverText,
  withKeywords,
  withParameters,
  withValuesTimes,
} from './faultyStudy.ts';

const range =
  (factor: number): Fault =>
  (tube) =>
    withParameters(tube, (own) => ({ range: own.range * factor }));

const matrix =
  (change: (matrix: readonly number[], size: number) => readonly number[]): Fault =>
  (tube) => {
    const own = change(tube.spillover, tube.detectors.length);
    return withKeywords(tube, { $SPILLOVER: spilloverText(tube.detectors, own) });
  };

const identity = (own: readonly number[], n: number) => own.map((_, i) => (i % (n + 1) === 0 ? 1 : 0));
const transposed = (own: readonly number[], n: number) => own.map((_, i) => own[(i % n) * n + Math.floor(i / n)] ?? 0);
/** Another experiment's: the light of each dye lands elsewhere. */
const foreign = (own: readonly number[], n: number) =>
  own.map((_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return row === column ? 1 : (own[row * n + ((column + 5) % n)] ?? 0) % 1;
  });

const setting =
  (channel: string, extra: Readonly<Record<string, string>>): Fault =>
  (tube) =>
    withParameters(tube, (own) => (own.name === channel ? { extra: { ...own.extra, ...extra } } : {}));

const renamed =
  (names: Readonly<Record<string, string>>): Fault =>
  (tube) =>
    withParameters(tube, ({ name, stain }) => ({ stain: names[name] ?? stain ?? '' }));

/** sampleId -> the fault, the comparison that is to see it, and what it is to say. */
const faults: Readonly<Record<string, readonly [fault: Fault, comparison: string, words: RegExp]>> = {
  P01_M1: [
    (tube, id) => withValuesTimes(range(4)(tube, id), 4),
    'range',
    /range 1048576 for 262144: values brought to one unit/,
  ],
  P02_M1: [range(4), 'range', /range 1048576 for 262144, though the values are alike/],
  P03_M1: [
    renamed({ 'PE-Cy7-A': 'CD38 PE-Cy7', 'APC-A': 'CD24 APC' }),
    'channels of markers',
    /CD24 and CD38 on exchanged channels, by name only/,
  ],
  P04_M1: [matrix(identity), 'matrix', /matrix is the identity/],
  P05_M1: [matrix(transposed), 'matrix', /matrix transposed/],
  P06_M1: [matrix(foreign), 'matrix', /another matrix: \S+ into \S+ [\d.]+ % for [\d.]+ %/],
  P07_M1: [(tube) => withKeywords(tube, { $SPILLOVER: '' }), 'matrix', /no matrix/],
  P08_M1: [setting('BV605-A', { V: '560' }), 'voltage and gain', /voltage of BV605-A 560 for 45\d/],
  P01_M3: [({ file }) => withValuesTimes(file, 4), 'values', /values [34]\.\d times higher in (nearly )?all channels/],
  P02_M3: [
    renamed({ 'APC-H7-A': 'surface Ig APC-H7' }),
    'markers present',
    /no IgD; APC-H7-A is named "surface Ig APC-H7"/,
  ],
  P03_M3: [(tube) => withKeywords(tube, { $CYT: 'Canto' }), 'instrument', /acquired on "Canto" for "Fortessa"/],
  P04_M3: [(tube) => withKeywords(tube, { $DATE: '01-FEB-2019' }), 'dates', /acquired \d+ days before its BL/],
  P05_M3: [
    ({ file }) => ({ ...file, columns: file.columns.map((column) => Float64Array.from(column)) }),
    'same events',
    /the same events/,
  ],
  P06_M3: [setting('APC-A', { G: '2' }), 'voltage and gain', /gain of APC-A 2 for 1/],
};
/** Under another name, as 64-bit numbers. */
const sameAs = { P05_M3: 'P05_BL' };

const Checked = z.array(
  z.object({
    unlike: z.array(z.object({ sample_ids: z.array(z.string()), comparison: z.string(), words: z.string() })),
  }),
);
const unlikeOf = ({ stdout }: Ended) => Checked.parse(JSON.parse(stdout)).flatMap((one) => one.unlike);

describe('a made study with a fault of each kind in one tube', () => {
  const made = Object.fromEntries(Object.entries(faults).map(([id, [fault]]) => [id, fault]));
  const { folder, study } = faultyStudy(made, { sameAs });
  const out = join(folder, 'out');
  let checked: Ended;
  let ran: Ended;
  beforeAll(async () => {
    checked = await cytopair(['check', study, '--json']);
    ran = await cytopair(['run', study, '--out', out, '--threads', '0']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(faults))('names %s in check', (sampleId, [, comparison, words]) => {
    const own = unlikeOf(checked).filter((one) => one.sample_ids.includes(sampleId) && one.comparison === comparison);
    expect(own.map((one) => one.words).join('; ')).toMatch(words);
    expect(checked.exit).toBe(3);
  });

  it('has no finding on a sound tube', () => {
    const named = new Set(unlikeOf(checked).flatMap((one) => one.sample_ids));
    expect([...named].sort()).toEqual([...Object.keys(faults), 'P05_BL'].sort());
  });

  it('has its faults before the comparisons in the report, and its lost pairs on the terminal', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    const first = page.slice(0, page.indexOf('<section id="comparisons"'));
    for (const [sampleId, [, comparison]] of Object.entries(faults)) {
      expect(first).toContain(sampleId);
      expect(first).toContain(`(${comparison})`);
      expect(page).toContain(`<td>${comparison}</td>`);
    }
    expect(first).toMatch(/5 tubes failed, so that 4 of 8 pairs of comparison &quot;M1-BL&quot; are lost/);
    expect(ran.stderr).toMatch(/study\.lost-pairs: 5 tubes failed, so that 4 of 8 pairs/);
    expect(ran.exit).toBe(3);
  });

  it('says days and never a date', () => {
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    for (const text of [checked.stdout, checked.stderr, ran.stderr, page]) {
      expect(text).not.toMatch(/01-FEB-2019|2019-02-01/i);
    }
  });

  it('compares no population that needs a marker which is named otherwise in one tube', () => {
    const rows = readFileSync(join(out, 'frequencies.csv'), 'utf8').split('\n');
    const own = rows.filter((row) => row.startsWith('P02_M3,'));
    expect(own.find((row) => row.includes('/B/Naive,'))).toMatch(/,not_evaluable,.*marker_unlike/);
    expect(own.find((row) => row.includes('/Lymphocytes/T,'))).toMatch(/,ok,/);
  });
});

describe('sound tubes', () => {
  it('of a made study have no finding', async () => {
    const { folder, study } = faultyStudy({});
    const checked = await cytopair(['check', study, '--json']);
    rmSync(folder, { recursive: true, force: true });
    expect(unlikeOf(checked)).toEqual([]);
    expect(checked.exit).toBe(0);
  });

  it('of the study in the repository have none, and check says in what they are alike', async () => {
    const { stdout } = await cytopair(['check', join(tinyStudy, 'study.yaml')]);
    expect(stdout).toMatch(/^16 of 16 tubes alike in same events, dates, /m);
  });
});
