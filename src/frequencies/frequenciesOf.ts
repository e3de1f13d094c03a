import { type Denominator, isPartOf, isWithin } from '../analysis/index.ts';
import type { PopulationCount, TubeCounts } from '../gating/index.ts';
import { clopperPearson } from '../statistics/index.ts';
import { type AbsoluteRule, cellsPerUl } from './cellsPerUl.ts';
import { denominatorCounts } from './denominatorCount.ts';
import type { Frequency, Share } from './frequency.ts';

/** What the sheet says of a tube; `gate` knows its sampleId alone. */
export interface TubeIdentity {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly visitIndex: number | null;
  readonly panel: string;
  readonly role: string;
  readonly batch: string;
  readonly arm: string;
  readonly excluded: boolean;
  readonly absolute: Readonly<Record<string, number>>;
  /** $VOL of its file, nL; null or absent where it does not say. */
  readonly volumeNl?: number | null;
  /** What holds for the tube as a whole, such as visit_window. */
  readonly flags?: readonly string[];
  /** Populations that mean something else in this tube than in most others of its panel: full paths. */
  readonly unlike?: ReadonlySet<string>;
}

export interface EvaluabilityRules {
  /** Denominator events below which a population is not evaluable. */
  readonly min_parent: number;
  /** Denominator events below which the flag few_parents stands. */
  readonly few_parents: number;
  /** Events below which the flag few_events stands. */
  readonly few_events: number;
}

/** How percentages are made, the same for every tube of a template. */
export interface FrequencyRules {
  /** Paths in tree order, without root. */
  readonly populations: readonly { readonly path: string; readonly parent: string; readonly depth: number }[];
  /** By name, in the order of the columns. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  readonly rules: EvaluabilityRules;
  /** Level of the intervals, as a fraction. */
  readonly level: number;
  readonly absolute?: AbsoluteRule | undefined;
}

/**
 * The rows of one tube: root, then every population in tree order, so that nothing vanishes.
 * @param counts undefined for a tube that failed: its rows hold no numbers
 * @returns percentages 0…100 with exact binomial intervals (Clopper & Pearson 1934); counting error only
 */
export function frequenciesOf(
  tube: TubeIdentity,
  counts: TubeCounts | undefined,
  how: FrequencyRules,
): readonly Frequency[] {
  const byPath = new Map(counts?.populations.map((one) => [one.population, one]));
  const wholeOf = counts && denominatorCounts(counts);
  const root = { path: 'root', parent: '', depth: 0 };
  return [root, ...how.populations].map(({ path, parent, depth }) => {
    const counted = byPath.get(path);
    const { sampleId, subject, visit, visitIndex, panel, role, batch, arm } = tube;
    const key = { sampleId, subject, visit, visitIndex, panel, role, batch, arm, population: path, parent, depth };
    if (wholeOf === undefined || counts === undefined) return { ...key, ...withoutNumbers(tube, path, how) };
    if (counted === undefined) throw new Error(`population "${path}" was not counted in ${sampleId}`);
    return { ...key, ...numbersOf(counted, { tube, byPath, wholeOf, how, isEmptyTube: counts.eventCount === 0 }) };
  });
}

type Numbers = Pick<Frequency, 'count' | 'parentCount' | 'ofParent' | 'of' | 'cellsPerUl' | 'status' | 'flags'>;

interface Context {
  readonly tube: TubeIdentity;
  readonly byPath: ReadonlyMap<string, PopulationCount>;
  readonly wholeOf: ReturnType<typeof denominatorCounts>;
  readonly how: FrequencyRules;
  readonly isEmptyTube: boolean;
}

function withoutNumbers(tube: TubeIdentity, path: string, how: FrequencyRules): Numbers {
  const of = Object.fromEntries(denominatorsOf(path, how).map(([name]) => [name, null]));
  const status = tube.excluded ? 'excluded' : 'failed';
  return { count: null, parentCount: null, ofParent: null, of, cellsPerUl: null, status, flags: [] };
}

function numbersOf(counted: PopulationCount, context: Context): Numbers {
  const { tube, wholeOf, how } = context;
  const isRoot = counted.population === 'root';
  const named = denominatorsOf(counted.population, how).map(
    ([name, one]) => [name, wholeOf(counted.population, one), one === counted.population] as const,
  );
  // A population is no denominator of itself when its evaluability is judged.
  const above = [isRoot ? [] : [counted.parentCount], named.filter(([, , isItself]) => !isItself).map(([, n]) => n)];
  const fewest = Math.min(...above.flat().filter((n) => n !== null));
  const isLike = context.tube.unlike?.has(counted.population) !== true;
  const isEvaluable = !context.isEmptyTube && isLike && counted.count !== null && fewest >= how.rules.min_parent;
  const share = (n: number | null) => shareOf(isEvaluable ? counted.count : null, n, how.level);
  return {
    count: counted.count,
    parentCount: isRoot ? null : counted.parentCount,
    ofParent: isRoot ? null : share(counted.parentCount),
    of: Object.fromEntries(named.map(([name, n]) => [name, share(n)])),
    cellsPerUl: isEvaluable && !isRoot ? absoluteOf(counted, context) : null,
    status: statusOf(tube, isEvaluable),
    flags: flagsOf(counted, { fewest, how, tube, isEmptyTube: context.isEmptyTube }),
  };
}

/** The named denominators that are this population or that it is a part of. */
function denominatorsOf(path: string, how: FrequencyRules): [string, Denominator][] {
  return Object.entries(how.denominators).filter(([, one]) => isPartOf(path, one));
}

function shareOf(count: number | null, n: number | null, level: number): Share | null {
  if (n === null) return null;
  const limits = count === null ? undefined : clopperPearson(count, n, level);
  if (count === null || limits === undefined) return { n, percent: null, low: null, high: null };
  return { n, percent: (100 * count) / n, low: 100 * limits.low, high: 100 * limits.high };
}

function absoluteOf(counted: PopulationCount, { tube, byPath, how }: Context): number | null {
  const { absolute } = how;
  if (absolute === undefined || counted.count === null) return null;
  const of = absolute.method === 'volumetric' ? undefined : absolute.of;
  const classCount = of === undefined ? undefined : (byPath.get(of)?.count ?? undefined);
  const isInClass = of !== undefined && isWithin(counted.population, of);
  return cellsPerUl(absolute, {
    count: counted.count,
    classCount,
    isInClass,
    volumeNl: tube.volumeNl ?? null,
    sheet: tube.absolute,
  });
}

function statusOf(tube: TubeIdentity, isEvaluable: boolean): Frequency['status'] {
  if (tube.excluded) return 'excluded';
  return isEvaluable ? 'ok' : 'not_evaluable';
}

interface Limits {
  /** Events of the smallest denominator; infinite where there is none. */
  readonly fewest: number;
  readonly how: FrequencyRules;
  readonly tube: TubeIdentity;
  readonly isEmptyTube: boolean;
}

function flagsOf(counted: PopulationCount, { fewest, how, tube, isEmptyTube }: Limits): readonly string[] {
  // Of a tube without events one flag says all: few of everything would only repeat it.
  if (isEmptyTube) return ['no_events'];
  const flags = new Set([...counted.flags, ...(tube.flags ?? [])]);
  if (tube.unlike?.has(counted.population)) flags.add('marker_unlike');
  if (fewest < how.rules.few_parents) flags.add('few_parents');
  if (counted.count !== null && counted.count < how.rules.few_events) flags.add('few_events');
  return [...flags].sort();
}
