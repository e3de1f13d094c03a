import { z } from 'zod';
import { planCohort, plannedVisits } from '../samples/cohort.ts';
import type { Mode } from '../samples/composition.ts';
import { channelRange } from '../samples/panel.ts';
import { drawTube } from '../samples/tube.ts';
import { countPopulations, type Events, type Geometry, type TubeBook, tubeBook } from '../src/gating/index.ts';
import { type PlacementTube, placeStudy, surveyTube } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';
import { mean } from './figures.ts';
import { placementTubes, survey } from './gatedCohort.ts';
import { memoryTube } from './memoryTube.ts';
import { table } from './tables.ts';

/** `ridge` differs from `hard` in its B cells alone. */
const modes = ['hard', 'lupus'] as const;
const sizes = [40, 100, 250, 500, 1000, 1800];
const measured = [
  { population: 'T', marker: 'CD3' },
  { population: 'T', marker: 'CD19' },
  { population: 'NK', marker: 'CD56' },
  { population: 'Monocytes', marker: 'CD3' },
  { population: 'Monocytes', marker: 'SSC-A' },
];
/** Stretches of one size in one tube. */
const MOST_STRETCHES = 10;
/** Fewer differences than this give no standard deviation, and the few stretches that show a cut are no fair ones. */
const LEAST_DIFFERENCES = 40;
const LEAST_SHARE = 0.5;

/**
 * How far a tube misses its own cut: stretches of n events of those on which the cut is looked for, each looked at alone by
 * the template's own rule; standard deviation within tubes, in u, over stretches that show a cut.
 */
export function ownCutErrors(template: Template, [seed = 1]: readonly number[]): string {
  const wanted = measured.map(({ population, marker }) => wantedCut(template, population, marker));
  const cohorts = modes.map((mode) => valuesByCut(template, wanted, mode, seed));
  const rows = measured.map(({ population, marker }, m) => [
    `${population}, ${marker}`,
    ...sizes.map((size) => cohorts.map((byCut) => errorWithin(byCut[m]!, wanted[m]!, size)).join(' · ')),
  ]);
  const [least, ...more] = sizes.map((size) => size.toLocaleString('en'));
  return table(['cut', `n = ${least}`, ...more], rows);
}

interface WantedCut {
  readonly marker: string;
  readonly path: string;
  readonly parent: string;
  /** Markers that the gate cuts before. */
  readonly earlier: readonly string[];
  /** A template of this cut alone, on all events of a tube and without other tubes. */
  readonly alone: Template;
}

const CutList = z.object({ cuts: z.array(z.looseObject({ marker: z.string() })) });

function wantedCut(template: Template, name: string, marker: string): WantedCut {
  const population = template.populations.find((one) => one.name === name);
  if (!population) throw new Error(`the template has no population "${name}"`);
  const { cuts } = CutList.parse(population.gate.settings);
  const at = cuts.findIndex((cut) => cut.marker === marker);
  const gate = { ...population.gate, pool: 'tube', settings: { cuts: cuts.slice(at, at + 1) } } as const;
  return {
    marker,
    path: population.path,
    parent: population.parent,
    earlier: cuts.slice(0, at).map((cut) => cut.marker),
    alone: { ...template, reservoirs: [], alignments: [], populations: [{ ...population, parent: 'root', gate }] },
  };
}

/** Linear values on which each cut is looked for, one column a tube. */
function valuesByCut(template: Template, wanted: readonly WantedCut[], mode: Mode, seed: number) {
  const visits = plannedVisits.map(({ id }) => id);
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  const cohort = planCohort({ mode, seed, eventCount: 20_000, visits, effect, shift: {} });
  const drawn = cohort.tubes.map((tube) => drawTube(cohort, tube));
  const surveys = cohort.tubes.map((tube, t) => survey(cohort, tube, drawn[t]!, { template }));
  const { book } = placeStudy(template, '', surveys, placementTubes(cohort));
  const byTube = cohort.tubes.map(({ sampleId }, t) => {
    const { events, channels } = memoryTube(cohort, drawn[t]!, template, []);
    const linear = (marker: string) => events.values({ name: channels[marker] ?? '', scale: undefined }, 'all');
    return valuesInTube(wanted, events, tubeBook(book, sampleId), linear);
  });
  return wanted.map((_, w) => byTube.map((values) => values[w]!));
}

/** Values of each cut's marker among the parent's events that the gate's earlier cuts keep. */
function valuesInTube(
  wanted: readonly WantedCut[],
  events: Events,
  book: TubeBook,
  linear: (marker: string) => Float64Array,
): readonly Float64Array[] {
  const { membership } = countPopulations(events, book, { membership: true, pictures: false });
  return wanted.map(({ marker, path, parent, earlier }) => {
    const inParent = membership?.[book.gates.findIndex((gate) => gate.population === parent)];
    const geometry = book.gates.find((gate) => gate.population === path)?.geometry;
    if (!inParent || !geometry) throw new Error(`the book holds no gate "${path}" below "${parent}"`);
    const bounds = boundsOf(geometry).filter((dim) => earlier.includes(dim.marker));
    const kept = bounds.map((dim) => ({ dim, values: linear(dim.marker) }));
    return linear(marker).filter(
      (_, event) =>
        inParent[event] === 1 &&
        kept.every(
          ({ dim: { min_raw: min, max_raw: max }, values }) =>
            (min === null || values[event]! >= min) && (max === null || values[event]! < max),
        ),
    );
  });
}

function boundsOf(geometry: Geometry) {
  return geometry.kind === 'interval' || geometry.kind === 'rectangle' ? geometry.dims : [];
}

/** @returns in words; "–" where too few stretches show a cut */
function errorWithin(tubes: readonly Float64Array[], wanted: WantedCut, size: number): string {
  const cuts = tubes.map((values, t) => {
    const count = Math.min(MOST_STRETCHES, Math.floor(values.length / size));
    return Array.from({ length: count }, (_, s) => [`${t} ${s}`, values.subarray(s * size, (s + 1) * size)] as const);
  });
  const found = ownCuts(new Map(cuts.flat()), wanted);
  const byTube = cuts.map((stretches) => stretches.flatMap(([id]) => found.get(id) ?? []));
  const shown = byTube.filter((own) => own.length > 1);
  const differences = shown.reduce((sum, own) => sum + own.length - 1, 0);
  if (differences < LEAST_DIFFERENCES || found.size < LEAST_SHARE * cuts.flat().length) return '–';
  const squares = shown.reduce((sum, own) => sum + own.reduce((all, at) => all + (at - mean(own)) ** 2, 0), 0);
  return Math.sqrt(squares / differences).toFixed(2);
}

/** Where each stretch shows a cut of its own, in u: placed as a tube without others. */
function ownCuts(stretches: ReadonlyMap<string, Float64Array>, { marker, alone }: WantedCut): Map<string, number> {
  const channel = 'stretch';
  const surveys = [...stretches].map(([sampleId, values]) => {
    const events: Events = { count: values.length, values: () => values };
    const input = { channels: { [marker]: channel }, absent: [], ranges: { [marker]: channelRange } };
    return surveyTube(events, alone, { sampleId, fileSha256: '0', ...input });
  });
  const tubes = surveys.map(({ sampleId }): PlacementTube => {
    return { sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: sampleId };
  });
  const [gate] = placeStudy(alone, '', surveys, tubes).book.gates;
  return new Map(
    gate?.tubes.flatMap(({ sample_id: sampleId, geometry, rule }) => {
      const [dim] = boundsOf(geometry);
      const at = dim?.min ?? dim?.max ?? undefined;
      return rule === 'own' && at !== undefined ? [[sampleId, at] as const] : [];
    }),
  );
}
