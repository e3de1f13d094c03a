import type { OpenCytoRow } from './row.ts';

export type Sign = '+' | '-';

/** One population that a row makes. */
export interface RowPopulation {
  readonly name: string;
  /** Sides on the row's dimensions; one for a gate in a plane that is kept or left. */
  readonly signs: readonly Sign[];
}

/**
 * The populations of a row: `+`, `-`; `++`, `+-` …; `+/-` makes two, `+/-+/-` four, which `*` names by dimension and sign.
 * Old templates write the name before each sign ("CD3+CD19-").
 * @returns the fault in words where the signs cannot be read
 */
export function populationsOf({ alias, pop, dims, method }: OpenCytoRow): readonly RowPopulation[] | string {
  const signs = signsIn(pop, dims);
  if (signs.length === 0) {
    // Old templates name the population alone where it is what lies inside.
    return pop === '*' ? 'it makes populations that only its method names' : [{ name: alias, signs: ['+'] }];
  }
  const sides = signs.map((one): readonly Sign[] =>
    one.includes('/') ? [one[0] as Sign, one[2] as Sign] : [one as Sign],
  );
  const combinations = sides.reduce<readonly (readonly Sign[])[]>(
    (made, side) => made.flatMap((before) => side.map((sign) => [...before, sign])),
    [[]],
  );
  if (combinations.length === 1)
    return [{ name: alias === '*' ? named(dims, combinations[0]!) : alias, signs: combinations[0]! }];
  if (alias === '*') return combinations.map((own) => ({ name: named(dims, own), signs: own }));
  const names = alias.split(',').map((one) => one.trim());
  if (names.length === combinations.length) return combinations.map((own, i) => ({ name: names[i]!, signs: own }));
  return method === 'refGate' || dims.length > 0
    ? combinations.map((own) => ({ name: `${alias} ${own.join('')}`, signs: own }))
    : 'its signs do not go with its alias';
}

function named(dims: readonly string[], signs: readonly Sign[]): string {
  return signs.map((sign, i) => `${dims[i] ?? ''}${sign}`).join('');
}

/** Without the names of the dimensions, whose own "-" is no sign. */
function signsIn(pop: string, dims: readonly string[]): readonly string[] {
  const longest = [...dims].sort((a, b) => b.length - a.length);
  const bare = longest.reduce((text, dim) => text.split(dim).join(' '), pop);
  const words = /^[+\-/\s]+$/.test(bare) ? bare : bare.replace(/^[^+-]*(?=[+-])|[A-Za-z0-9][\w ]*/g, ' ');
  return words.match(/[+-]\/[+-]|[+-]/g) ?? [];
}
