import type { BookScale } from '../../gating/index.ts';
import type { Template } from '../../template/index.ts';
import type { Alignment } from '../alignments/alignment.ts';
import { alignmentMethods } from '../alignments/registry.ts';
import type { Cut } from '../cuts/cut.ts';
import type { GatePlacement, GateRedraw, GateRequest } from '../method.ts';
import type { MeasuredStain } from '../stain/stain.ts';
import { askedGate, type StudyLookup } from './askedGate.ts';
import { known } from './known.ts';
import { type SampledStudy, type SurveyedTube, sampledStudy } from './sampledStudy.ts';

/** The placements of a study, each found once and on demand, parents before children. */
export interface StudyPlacement extends Pick<SampledStudy, 'rootMembers' | 'countIn'> {
  /** One a tube, in the order of the tubes. */
  placementsOf(path: string): readonly GatePlacement[];
  alignment(name: string): Alignment | undefined;
  cutsOf(path: string, marker: string): readonly Cut[];
  /** The gate as it would be placed were something otherwise; its parents stay. */
  changed(path: string): ChangedGate;
}

/** A gate that is placed as often as wanted; what its method is asked about is gathered once. */
export interface ChangedGate {
  /** One a tube, in the order of the tubes. */
  placements(change: GateChange): readonly GatePlacement[];
  cuts(marker: string, change: GateChange): readonly Cut[];
}

/** What is otherwise in a draw. */
export interface GateChange {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly alignment: Alignment | undefined;
  /** Where another population's gate cuts a marker, a cut for each tube of the study. */
  cutsOf(population: string, marker: string): readonly Cut[];
  readonly cuts: GateRedraw['cuts'];
}

const CIRCULAR: Cut = { at: undefined, modes: [], rule: 'none', fallback: null, flags: ['circular_reference'] };

/**
 * Walks the tree over all tubes at once: every gate is placed on the sampled events that its parents, as placed, keep.
 * @param surveyed by sample_id
 * @param stains by which cuts are carried from batch to batch; none where left out
 */
export function studyPlacement(
  template: Template,
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  stains: readonly MeasuredStain[] = [],
): StudyPlacement {
  const sampled = sampledStudy(template, surveyed, scales, (path, t) => placementsOf(path)[t]!);
  const stainOf = new Map(stains.map((stain) => [`${stain.batch}\n${stain.marker}`, stain]));
  const placed = new Map<string, readonly GatePlacement[]>();
  const alignments = new Map<string, Alignment | undefined>();
  const cuts = new Map<string, readonly Cut[]>();
  const made = new Map<string, unknown>();
  const lookup: StudyLookup = {
    alignment,
    cutsOf,
    stain: (batch, marker) => stainOf.get(`${batch}\n${marker}`),
    shared<T>(key: string, make: () => T): T {
      if (!made.has(key)) made.set(key, make());
      // Whoever names a key makes the same kind of thing of it.
      return made.get(key) as T;
    },
  };
  const asked = (path: string) => askedGate(path, sampled, lookup);

  function alignment(name: string): Alignment | undefined {
    if (!alignments.has(name)) {
      const named = template.alignments.find((one) => one.name === name);
      const node = known(named, `alignment "${name}"`);
      const method = known(alignmentMethods.get(node.method), `method "${node.method}"`);
      alignments.set(name, method.fit(node, sampled.samplesOf(node.parent)));
    }
    return alignments.get(name);
  }

  function placementsOf(path: string): readonly GatePlacement[] {
    const found = placed.get(path);
    if (found) return found;
    const { ask, method, settings, placements } = asked(path);
    const all = placements(method.place(settings, ask));
    placed.set(path, all);
    return all;
  }

  function cutsOf(path: string, marker: string): readonly Cut[] {
    const key = `${path}\n${marker}`;
    const found = cuts.get(key);
    if (found) return found;
    // Until it is found, whoever asks for it in a circle gets an answer that says so.
    const circular = surveyed.map(() => CIRCULAR);
    cuts.set(key, circular);
    const { ask, method, settings, cuts: whole } = asked(path);
    const all = whole(method.cuts(settings, marker, ask));
    cuts.set(key, all);
    return all;
  }

  const { rootMembers, countIn } = sampled;
  return { placementsOf, alignment, cutsOf, rootMembers, countIn, changed: (path) => changedGate(asked(path)) };
}

function changedGate({ ask, method, ofAsked, placements, cuts }: ReturnType<typeof askedGate>): ChangedGate {
  const other = ({ alignment, cutsOf, cuts: redrawn }: GateChange): GateRequest => ({
    ...ask,
    alignment,
    cutsOf: (population, marker) => ofAsked(cutsOf(population, marker)),
    redraw: { placed: ask, cuts: redrawn },
  });
  return {
    placements: (change) => placements(method.place(change.settings, other(change))),
    cuts: (marker, change) => cuts(method.cuts(change.settings, marker, other(change))),
  };
}
