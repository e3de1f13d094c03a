import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alterTubes, withShareOfBCells, withSharesOfB } from '../../bench/alterTubes.ts';
import { disturbed } from '../../bench/disturbedTube.ts';
import { type Cohort, planCohort, type TubeDesign } from '../../samples/cohort.ts';
import { sheetCsv, studyYaml } from '../../samples/studyFiles.ts';
import { trueMembership, truePopulations } from '../../samples/truth.ts';
import { drawTube, type TubeEvents } from '../../samples/tube.ts';
import { encodeTube } from '../../samples/writeCohort.ts';
import { cytopair, type Ended, ownFolder } from '../cli/cytopair.ts';
import { labelled } from './labelledTube.ts';

// Special cases that only files and sheets can show, in one drawn trial without an effect, run as a person runs it: M1 in
// a batch of its own and stained brighter; one tube empty, one disturbed, one labelled oddly, one labelled twice over.

const template = `cytopair: 1
template: stable-b-regulatory
version: 1.0.0
about: the shipped template on what is stable over time
extends: shipped:b-regulatory
markers: { Time: {} }
populations:
  - { name: Stable, parent: root, gate: { method: time, watch: [FSC-A, CD45, CD3] } }
  - { name: Single, parent: Stable, gate: { method: singlets, area: FSC-A, height: FSC-H } }
  - { name: Singlets, parent: root, gate: { method: boolean, of: { and: [Stable, Single] } } }
`;

/** Stains as laboratories write them; whoever looks for CD4 must find none of the two CD45. */
const chaos: Readonly<Record<string, string>> = {
  CD45: 'CD45RO-free CD45',
  CD8: 'CD8a',
  CD24: 'anti-CD24',
  CD38: 'CD 38',
  CD27: 'CD27 ',
  IgD: 'Ig D',
};

const planned = planCohort({
  mode: 'hard',
  seed: 2001,
  eventCount: 6000,
  visits: ['BL', 'M1'],
  effect: { transitional: 1, memoryReg: 1 },
  shift: { CD24: 0.3, CD38: 0.3 },
});
const cohort = planned.tubes.reduce<Cohort>((all, { sampleId, subject }) => {
  if (sampleId === 'P02_M1') return alterTubes(all, ofTube(sampleId), rituximab);
  if (subject === 'P06') return alterTubes(all, ofTube(sampleId), withFewB);
  return subject === 'P04' ? alterTubes(all, ofTube(sampleId), withoutTransitional) : all;
}, planned);

/** Longer runs: of a tube whose drift is to be seen, and of tubes with few B cells, so that there are a hundred. */
const longCohort = ofEvents(20_000);
const longestCohort = ofEvents(30_000);
const shaken = disturbed(drawTube(longCohort, designOf('P03_M1')), 0.4);

/** The shipped populations, `Stable`, `Single`, and root. */
const populationCount = truePopulations.length + 3;

const folder = ownFolder();
afterAll(() => folder.remove());
let ended: Ended;

beforeAll(async () => {
  const at = (...names: string[]) => join(folder.path, ...names);
  mkdirSync(at('fcs'));
  for (const tube of cohort.tubes) writeFileSync(at('fcs', `${tube.sampleId}.fcs`), fileOf(tube));
  writeFileSync(at('template.yaml'), template);
  const study = studyYaml(cohort, 'special').replace('shipped:b-regulatory', 'template.yaml');
  writeFileSync(at('study.yaml'), study.replace('draws: 50', 'draws: 0'));
  writeFileSync(at('sheet.csv'), sheetCsv(cohort).replace(/,(BL|M1),lot-[AB],/g, ',$1,lot-$1,'));
  const options = ['--out', at('out'), '--threads', '0', '--quiet'];
  ended = await cytopair(['run', at('study.yaml'), ...options]);
});

it('M1 in a batch of its own is said to be confounded with it, and the shift of both landmarks is printed', () => {
  expect(ended.stderr).toMatch(/warning quality\.batch-is-visit: BL was run in "lot-BL", M1 in "lot-M1"/);
  for (const marker of ['CD24', 'CD38'])
    expect(ended.stderr).toMatch(
      new RegExp(`quality\\.landmark-shift: "b-core ${marker}" moved from BL to M1 by \\+0`),
    );
});

describe('a tube of 0 events', () => {
  it('is not evaluable because it holds no events, in every population, and the other tubes go on', () => {
    expect(ended.stderr).toMatch(/P08_M1\.fcs.*fcs\.no-events: the data set holds no events/);
    // Told once: not again for every gate that has no place in a tube without events.
    expect(ended.stderr).not.toContain('gate.not-placed');
    expect(ended.stderr).toContain('cytopair: 15 of 16 tubes done, 1 failed');
    const rows = rowsOfTube('P08_M1');
    expect(rows).toHaveLength(populationCount);
    for (const row of rows) {
      expect(row).toMatchObject({ status: 'not_evaluable', flags: 'no_events', pct_parent: '' });
      expect(['', '0']).toContain(row.count);
    }
  });
});

describe('a tube of which the last 40 % drifted', () => {
  it('keeps the share printed, says why, and loses that stretch and no other', () => {
    const row = one('P03_M1', 'Stable');
    expect(row).toMatchObject({ flags: 'drift;rate_changed', parent_count: '20000' });
    expect(Number(row.count)).toBeGreaterThan(0.97 * 12_000);
    expect(Number(row.count)).toBeLessThan(12_000 + 0.02 * 8000);
    expect(Number(row.pct_parent)).toBeCloseTo(Number(row.count) / 200, 9);
  });

  it('is counted on the rest as if nothing had been', () => {
    expect(farFromTruth('P03_M1', longCohort, shaken.events, (event) => shaken.isGood[event] === 1)).toEqual([]);
  });
});

describe('labels in every spelling', () => {
  it('find their marker, CD45 never being taken for CD4: counts are those of the truth', () => {
    const events = drawTube(cohort, designOf('P07_M1'));
    expect(farFromTruth('P07_M1', cohort, events, () => true)).toEqual([]);
  });

  it('that fit one marker twice are refused with file and channels, and nothing is counted', () => {
    const [bv510, fitc] = ['"BV510-A" (CD45)', '"FITC-A" (CD45RO-free CD45)'];
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toContain(
      `fcs/P08_BL.fcs: error template.stain-ambiguous: marker "CD45" fits ${bv510} and ${fitc}`,
    );
    const rows = rowsOfTube('P08_BL');
    expect(rows).toHaveLength(populationCount);
    for (const row of rows) expect(row).toMatchObject({ status: 'failed', count: '' });
  });
});

describe('in the tables', () => {
  it('B-cell subsets after rituximab are not evaluable, and enter no pair; T cells are as usual', () => {
    const subsets = rowsOfTube('P02_M1').filter(({ parent }) => parent?.endsWith('/B'));
    expect(subsets).toHaveLength(7);
    for (const row of subsets) expect(row).toMatchObject({ status: 'not_evaluable', pct_parent: '' });
    expect(one('P02_M1', 'T')).toMatchObject({ status: 'ok' });
    const pairs = rowsFrom('pairs.csv').filter(({ sample_to: to, endpoint }) => to === 'P02_M1' && isSubset(endpoint));
    expect(pairs.length).toBeGreaterThan(0);
    for (const pair of pairs) expect(pair).toMatchObject({ used: 'FALSE', reason: 'not_evaluable_to', ratio: '' });
  });

  it('a patient without transitional cells shows no fold of them, and the flag of low counts', () => {
    for (const tube of ['P04_BL', 'P04_M1']) expect(Number(one(tube, 'CD24hiCD38hi').pct_of_B)).toBeLessThan(0.4);
    const transitional = rowsFrom('pairs.csv').filter(
      ({ subject, endpoint }) => subject === 'P04' && endpoint?.endsWith('CD24hiCD38hi pct_of_B'),
    );
    expect(transitional).toHaveLength(1);
    expect(transitional[0]).toMatchObject({ ratio: '', used: 'TRUE' });
    expect(transitional[0]?.flags).toContain('few_events');
  });

  it('of about a hundred B cells transitional cells are within .02 of B, with the flags of low counts', () => {
    for (const tube of ['P06_BL', 'P06_M1']) {
      const row = one(tube, 'CD24hiCD38hi');
      const truth = trueMembership(longestCohort, drawTube(longestCohort, designOf(tube)));
      const [few, all] = ['CD24hiCD38hi', 'Lymphocytes/B'].map((name) =>
        truth[truePopulations.findIndex(({ path }) => path.endsWith(`/${name}`))]?.reduce((sum, one) => sum + one, 0),
      );
      const share = (few ?? Number.NaN) / (all ?? Number.NaN);
      expect(Math.abs(Number(row.count) / Number(row.parent_count) - share)).toBeLessThan(0.02 + 1e-9);
      expect(row.flags?.split(';')).toEqual(expect.arrayContaining(['few_events', 'few_parents']));
    }
  });

  it('a patient without transitional cells has at most .4 % of them, flagged as few, and no change beyond counting', () => {
    for (const tube of ['P04_BL', 'P04_M1']) {
      const row = one(tube, 'CD24hiCD38hi');
      expect(Number(row.pct_parent)).toBeLessThanOrEqual(0.4);
      expect(row.flags?.split(';')).toContain('few_events');
    }
    const pair = rowsFrom('pairs.csv').find(
      ({ subject, endpoint }) => subject === 'P04' && endpoint?.includes('CD24hiCD38hi'),
    );
    expect(pair?.flags?.split(';')).toContain('few_events');
    expect(Number(pair?.counting_p)).toBeGreaterThan(0.05);
  });
});

function fileOf(tube: TubeDesign): Uint8Array {
  if (tube.sampleId === 'P03_M1') return encodeTube(longCohort, shaken.events);
  if (tube.subject === 'P06') return encodeTube(longestCohort, drawTube(longestCohort, tube));
  const events = drawTube(cohort, tube);
  if (tube.sampleId === 'P08_M1')
    return labelled(cohort, { ...events, columns: events.columns.map(() => new Float32Array()) });
  if (tube.sampleId === 'P07_M1') return labelled(cohort, events, chaos);
  // CD20 is not looked at; its channel now claims to be CD45 too.
  if (tube.sampleId === 'P08_BL') return labelled(cohort, events, { CD20: 'CD45RO-free CD45' });
  return encodeTube(cohort, events);
}

function rituximab(tube: TubeDesign): TubeDesign {
  return withSharesOfB(withShareOfBCells(tube, 0.0008), { plasmablast: 0.5 });
}

function withFewB(tube: TubeDesign): TubeDesign {
  return withShareOfBCells(tube, 0.065 / 17);
}

function ofEvents(eventCount: number): Cohort {
  return { ...cohort, design: { ...cohort.design, eventCount } };
}

function withoutTransitional(tube: TubeDesign): TubeDesign {
  return withSharesOfB(tube, { transitional: 0 });
}

function ofTube(sampleId: string) {
  return (tube: TubeDesign) => tube.sampleId === sampleId;
}

function designOf(sampleId: string): TubeDesign {
  const found = cohort.tubes.find(ofTube(sampleId));
  if (!found) throw new Error(`no tube "${sampleId}"`);
  return found;
}

type Row = Readonly<Record<string, string>>;

function rowsFrom(table: string): readonly Row[] {
  const [header = '', ...lines] = readFileSync(join(folder.path, 'out', table), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

function rowsOfTube(sampleId: string): readonly Row[] {
  return rowsFrom('frequencies.csv').filter((row) => row.sample_id === sampleId);
}

function one(sampleId: string, name: string): Row {
  const row = rowsOfTube(sampleId).find(({ population }) => `/${population}`.endsWith(`/${name}`));
  if (!row) throw new Error(`no "${name}" of "${sampleId}"`);
  return row;
}

function isSubset(endpoint = ''): boolean {
  return endpoint.includes('/B/');
}

/** Counts farther than 10 % and 3 Poisson standard deviations from those of the true cells among some of the events. */
function farFromTruth(sampleId: string, of: Cohort, events: TubeEvents, isMeant: (event: number) => boolean): string[] {
  const membership = trueMembership(of, events);
  return truePopulations.flatMap(({ path }, i) => {
    const expected = membership[i]?.reduce((sum, inside, event) => sum + (isMeant(event) ? inside : 0), 0) ?? 0;
    const row = rowsOfTube(sampleId).find(({ population }) => population === path);
    const isNear = Math.abs(Number(row?.count) - expected) <= Math.max(0.1 * expected, 3 * Math.sqrt(expected));
    return isNear && row?.status === 'ok' ? [] : [`${path}: ${row?.count} for ${expected}`];
  });
}
