import type { Endpoint, Profiles } from '../analysisInput.ts';
import type { CompletePair } from '../comparison/pairing.ts';
import type { Tube } from '../comparison/tubes.ts';

/** A tube's events along a profile: `above[b]` of them lie at or beyond border b. */
interface TubeEvents {
  readonly above: readonly number[];
  readonly meanPosition: number;
}

/** The tubes of an endpoint along the profile of its alignment, all on the same borders. */
export interface ProfileTubes {
  readonly alignment: string;
  /** u from the tube's own core, ascending: bin edges with events on both sides. */
  readonly borders: readonly number[];
  /** The border of the gate that was placed. */
  readonly chosen: number;
  readonly events: ReadonlyMap<string, TubeEvents>;
}

/**
 * Events along the profile on which the endpoint's gate has its border, for the tubes that are compared.
 * @returns undefined where the gate lies on no profile, or the tubes were not binned alike
 */
export function profileTubes(
  { population, panel }: Pick<Endpoint, 'population' | 'panel'>,
  tubes: readonly Tube[],
  profiles: Profiles,
): ProfileTubes | undefined {
  // A study of one panel has one book, which names none.
  const isOwn = (of = '') => panel === undefined || of === '' || of === panel;
  const gate = profiles.borders.find((one) => one.population === population && isOwn(one.panel));
  if (gate === undefined) return undefined;
  const wanted = new Set(tubes.map((tube) => tube.sampleId));
  const bins = profiles.bins.filter((bin) => bin.alignment === gate.alignment && wanted.has(bin.sampleId));
  const edges = [...new Set(bins.map((bin) => bin.from))].sort((a, b) => a - b);
  const bySample = new Map([...wanted].map((id) => [id, bins.filter((bin) => bin.sampleId === id)]));
  const isWhole = [...bySample.values()].every((own) => own.length === edges.length);
  if (edges.length < 2 || !isWhole) return undefined;
  const inner = edges.slice(1).filter((border) => {
    const over = bins.filter((bin) => bin.from >= border).some((bin) => bin.count > 0);
    return over && bins.some((bin) => bin.from < border && bin.count > 0);
  });
  const events = new Map(
    [...bySample].map(([id, own]): [string, TubeEvents] => {
      const above = inner.map((border) => own.reduce((sum, bin) => (bin.from >= border ? sum + bin.count : sum), 0));
      const total = own.reduce((sum, bin) => sum + bin.count, 0);
      const moment = own.reduce((sum, bin) => sum + (bin.count * (bin.from + bin.to)) / 2, 0);
      return [id, { above, meanPosition: total === 0 ? Number.NaN : moment / total }];
    }),
  );
  return { alignment: gate.alignment, borders: inner, chosen: gate.border, events };
}

/** The pairs as a border along the profile would count them; no other cut of the gate is made. */
export function pairsAbove(pairs: readonly CompletePair[], profile: ProfileTubes, border: number): CompletePair[] {
  const counted = (tube: Tube): Tube => {
    const count = profile.events.get(tube.sampleId)?.above[border] ?? null;
    const { parentCount } = tube;
    const percent = count === null || parentCount === null || parentCount === 0 ? null : (100 * count) / parentCount;
    return { ...tube, count, percent };
  };
  return pairs.map(({ subject, from, to, later }) => ({
    subject,
    from: counted(from),
    to: counted(to),
    later: later && counted(later),
  }));
}
