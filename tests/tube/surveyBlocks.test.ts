import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { writeFcs } from '../../src/fcs/tools.ts';
import { placementRegistry } from '../../src/placement/tools.ts';
import type { Problem } from '../../src/problems/index.ts';
import { readTemplateFile } from '../../src/study/index.ts';
import type { Template } from '../../src/template/index.ts';
import type { TubeDecision } from '../../src/tube/index.ts';
import {
  lookAtTube,
  openEvents,
  runTubeTask,
  unstableTimeProblems,
  watchedEvents,
  withTube,
} from '../../src/tube/tools.ts';
import { templateWith } from '../placement/inMemory.ts';
import { plainSurvey } from '../placement/plainSurvey.ts';
import { hasTruth, truthPath } from '../truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'cytopair-'));
afterAll(() => rmSync(folder, { recursive: true }));

type TubeFile = Parameters<typeof lookAtTube>[0];
const fileAt = (path: string): TubeFile => ({ sampleId: 'a', path, displayPath: 'a.fcs', reading: {} });

/** The survey of whole columns, and what it tells. */
function plainly(tube: TubeFile, template: Template, decision: TubeDecision) {
  const { value, problems } = withTube(tube, template, (opened) => {
    const { file, where } = opened;
    const channels = Object.fromEntries(opened.channels.channels);
    const used = Object.values(channels);
    const time = file.parameters.find((one) => one.isTime && !used.includes(one.name))?.name;
    const { events, problems: read } = openEvents(
      opened,
      template,
      decision,
      time === undefined ? used : [...used, time],
    );
    const rows = watchedEvents(file.eventCount);
    const valuesOf = (name: string) => events.values({ name, scale: undefined }, rows);
    const unstable: readonly Problem[] =
      time === undefined ? [] : unstableTimeProblems(valuesOf, file, time, used, where);
    const ranges = surveyed(tube, template, decision).survey.ranges;
    const input = {
      sampleId: tube.sampleId,
      fileSha256: decision.sha256,
      channels,
      absent: opened.channels.absent,
      ranges,
    };
    return { value: plainSurvey(events, template, input), problems: [...read, ...unstable] };
  });
  return { survey: value, problems };
}

function surveyed(tube: TubeFile, template: Template, decision: TubeDecision) {
  const result = runTubeTask({ kind: 'survey', tube, template, decision });
  if (result.status === 'failed' || result.kind !== 'survey') throw new Error(JSON.stringify(result.problems));
  return { survey: result.survey, problems: result.problems };
}

function decided(tube: TubeFile, template: Template, more: Partial<TubeDecision>): TubeDecision {
  const look = lookAtTube(tube, template).value;
  if (look === undefined) throw new Error('no look');
  return {
    sha256: look.sha256,
    compensation: { isApplied: true, says: '' },
    values: { kind: 'linear' },
    unitFactors: {},
    ranges: {},
    unlikeMarkers: [],
    flags: [],
    ...more,
  };
}

const NAMES = ['FSC-A', 'B-A', 'C-A', 'D-A', 'Time'];

/** A tube of three dyes that spill into each other; `spoiled` events hold what is no number, or far too much. */
function written(
  name: string,
  eventCount: number,
  spoiled: readonly number[],
  values: readonly number[],
  bits: 32 | 64,
) {
  const stream = streamFor(eventCount, 3);
  const columns = NAMES.map((_, c) =>
    Float64Array.from({ length: eventCount }, (_event, i) => {
      if (c === 4) return i;
      if (c === 0) return 60_000 + 9000 * stream.normal();
      return stream.uniform() < 0.3 ? Math.exp(8 + stream.normal()) : 80 * stream.normal();
    }),
  );
  for (const [k, place] of spoiled.entries())
    columns[(k % 4) as 0]![place % Math.max(1, eventCount)] = values[k % values.length]!;
  const path = join(folder, name);
  const bytes = writeFcs({
    parameters: NAMES.map((one) => ({ name: one, range: 262_144, bits })),
    columns,
    eventCount,
    keywords: { $SPILLOVER: '3,B-A,C-A,D-A,1,0.21,0.02,0.08,1,0.3,0,0.11,1' },
  });
  writeFileSync(path, bytes);
  return fileAt(path);
}

const more = (width: string) =>
  [
    `scales: { fluorescence: { scale: logicle, width: ${width} } }`,
    'reservoirs:',
    '  - { name: bright, for: P, above: { B-A: -0.4 } }',
    '  - { name: dim, for: P/Q, above: { B-A: -0.4 }, below: { C-A: 0.3 } }',
  ].join('\n');
const populations = (width: string) =>
  templateWith(
    NAMES.slice(0, 4),
    [
      '{ name: P, parent: root, gate: { method: valley, marker: B-A, keep: above } }',
      '{ name: Q, parent: P, gate: { method: valley, marker: C-A, keep: below } }',
    ],
    more(width),
  );

describe('a survey of a file in blocks', () => {
  it('says what a survey of whole columns says, number for number, whatever the file holds', () => {
    const templates = ['estimate', '0.5']
      .map(populations)
      .map((one): Template => ({ ...one, compensation: { kind: 'file', apply: 'always' } }));
    const odd = [Number.NaN, Infinity, -Infinity, 3e38, -3e38, 262_143, 9e5, -4000];
    const cases = fc.record({
      eventCount: fc.constantFrom(0, 1, 300, 4096, 4097, 9000, 21_000),
      spoiled: fc.array(fc.nat(20_999), { maxLength: 8 }),
      template: fc.constantFrom(...templates),
      bits: fc.constantFrom<32 | 64>(32, 64),
      isApplied: fc.boolean(),
      factor: fc.constantFrom(1, 1, 0.25),
      isOnDisplay: fc.boolean(),
    });
    let number = 0;
    let compared = 0;
    fc.assert(
      fc.property(cases, ({ eventCount, spoiled, template, bits, isApplied, factor, isOnDisplay }) => {
        const tube = written(`${number++}.fcs`, eventCount, spoiled, odd, bits);
        const values: TubeDecision['values'] = isOnDisplay
          ? {
              kind: 'display',
              word: 'asinh',
              spec: { kind: 'asinh', T: 262_144, M: 4.5, A: 0 },
              unit: 40_000,
              only: ['D-A'],
            }
          : { kind: 'linear' };
        const decision = decided(tube, template, {
          compensation: { isApplied, says: '' },
          unitFactors: { 'B-A': factor },
          values,
        });
        const plain = plainly(tube, template, decision);
        expect(surveyed(tube, template, decision)).toEqual(plain);
        compared += plain.survey?.reservoirs.reduce((sum, { rowCount }) => sum + rowCount, 0) ?? 0;
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(50_000);
  });

  it.skipIf(!hasTruth).each([
    ['b-regulatory', ['bcell', 'bcell_pbmc_biir.fcs']],
    ['b-regulatory', ['bcell', 'bcell_pbmc_nhlbi_half.fcs']],
    ['lineages', ['blood', 'blood_D1.fcs']],
    ['nk', ['dc_mono_nk', 'dc_mono_nk_1.fcs']],
  ])('does so by %s on %s', (name, parts) => {
    const read = readTemplateFile(
      join(import.meta.dirname, '..', '..', 'gating-templates', `${name}.yaml`),
      placementRegistry,
    );
    if (read.value === undefined) throw new Error('no template');
    const { template } = read.value;
    const tube = fileAt(truthPath(...parts));
    for (const isApplied of [true, false]) {
      const decision = decided(tube, template, { compensation: { isApplied, says: '' } });
      const plain = plainly(tube, template, decision);
      expect(surveyed(tube, template, decision)).toEqual(plain);
      expect(plain.survey?.reservoirs[0]?.rowCount).toBeGreaterThan(1000);
    }
  });
});
