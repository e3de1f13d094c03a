import { nearestName, type Problem, type ProblemCode } from '../problems/index.ts';
import { PopulationName } from './populationName.ts';

/** What stands in the files and could not be read, so that a name which leads there is no second fault. */
export interface LostParts {
  /** Top keys: misspelled, or of another type than they must have. */
  readonly keys: ReadonlySet<string>;
  readonly markers: ReadonlySet<string>;
  /** Names of populations; one that is found twice is added where that is found. */
  readonly populations: Set<string>;
  /** False where a population's own name was refused: any name may be meant for it. */
  readonly areNamed: boolean;
}

interface ReadParts {
  readonly markers: ReadonlyMap<string, unknown>;
  readonly populations: readonly { readonly path: readonly (string | number)[] }[];
}

/** What of one file was lost. @param written the document; @param knownKeys of its top mapping */
export function lostParts(written: unknown, knownKeys: readonly string[], read: ReadParts): LostParts {
  const top = isMapping(written) ? written : {};
  const misspelled = Object.keys(top).flatMap((key) => {
    const near = knownKeys.includes(key) ? undefined : nearestName(key, knownKeys);
    return near === undefined || Object.hasOwn(top, near) ? [] : [near];
  });
  const { markers, populations } = top;
  const mistyped = [
    ...(markers === undefined || isMapping(markers) ? [] : ['markers']),
    ...(populations === undefined || Array.isArray(populations) ? [] : ['populations']),
  ];
  const names = isMapping(markers) ? Object.keys(markers).filter((name) => !read.markers.has(name)) : [];
  const kept = new Set(read.populations.map(({ path }) => path[1]));
  const refused = (Array.isArray(populations) ? populations : []).filter((_, index) => !kept.has(index));
  const writtenNames = refused.map((item: unknown) =>
    isMapping(item) ? PopulationName.safeParse(item.name).data : undefined,
  );
  return {
    keys: new Set([...misspelled, ...mistyped]),
    markers: new Set(names),
    populations: new Set(writtenNames.filter((name) => name !== undefined)),
    areNamed: writtenNames.every((name) => name !== undefined),
  };
}

export function joinLost(all: readonly LostParts[]): LostParts {
  return {
    keys: new Set(all.flatMap(({ keys }) => [...keys])),
    markers: new Set(all.flatMap(({ markers }) => [...markers])),
    populations: new Set(all.flatMap(({ populations }) => [...populations])),
    areNamed: all.every(({ areNamed }) => areNamed),
  };
}

/** Markers by which a name may be judged; undefined where they could not be read at all. */
export function knownMarkers(
  markers: readonly { readonly name: string }[],
  { keys, markers: lost }: LostParts,
): readonly string[] | undefined {
  return keys.has('markers') ? undefined : [...markers.map(({ name }) => name), ...lost];
}

/** Whether a name that leads nowhere may be that of a lost marker. */
export function isLostMarker(name: string, { keys, markers }: LostParts): boolean {
  return keys.has('markers') || markers.has(name);
}

/** Whether a reference that leads nowhere may lead to a lost population, or below one. */
export function isLostPopulation(reference: string, { keys, populations, areNamed }: LostParts): boolean {
  return keys.has('populations') || !areNamed || reference.split('/').some((name) => populations.has(name));
}

/** Findings of names that were looked up, and of what follows from one that was not found. */
const lookups: ReadonlySet<string> = new Set([
  'template.unknown-parent',
  'template.unknown-reference',
  'template.ambiguous-reference',
  'template.removed-reference',
  'template.unknown-marker',
  'template.unknown-alignment',
  'template.alignment-missing',
  'template.not-in-denominator',
  'template.if-absent-unused',
  'template.if-absent-required',
  'template.no-populations',
] satisfies ProblemCode[]);

/** Without the findings of names, where the template that would have named them is not there. */
export function withoutLookups(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => !lookups.has(code));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
