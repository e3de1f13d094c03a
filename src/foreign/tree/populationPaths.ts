import type { ForeignPopulation } from '../model.ts';

export interface PopulationPlace {
  /** All names from the top joined by "/", as they are here. */
  readonly path: string;
  readonly name: string;
  readonly parent: string;
  /** 1 for those below all events. */
  readonly depth: number;
}

const LONGEST = 80;
const RESERVED = /^(?:NA|NaN|nan|null|None|N\/A|root)$/;

/** Where populations stand in our tree, under names that tables can hold; by id. */
export function populationPaths(populations: readonly ForeignPopulation[]): ReadonlyMap<string, PopulationPlace> {
  const places = new Map<string, PopulationPlace>();
  const taken = new Set<string>();
  for (const population of populations) {
    const above = population.parent === null ? undefined : places.get(population.parent);
    const prefix = above === undefined ? '' : `${above.path}/`;
    const wanted = tableName(population.name);
    let name = wanted;
    for (let n = 2; taken.has(`${prefix}${name}`.toLowerCase()); n++) name = `${wanted.slice(0, LONGEST - 5)} (${n})`;
    taken.add(`${prefix}${name}`.toLowerCase());
    const depth = (above?.depth ?? 0) + 1;
    places.set(population.id, { path: `${prefix}${name}`, name, parent: above?.path ?? 'root', depth });
  }
  return places;
}

/** A name that a path can hold: letters, digits, blanks and _+-.() , a letter or digit first. */
export function tableName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[−–—]/g, '-')
    .replaceAll('α', 'a')
    .replaceAll('β', 'b')
    .replaceAll('γ', 'g')
    .replaceAll('δ', 'd')
    .replace(/[^A-Za-z0-9 _+\-.()]/g, '_')
    .replace(/ +/g, ' ')
    .trim();
  const begun = /^[A-Za-z0-9]/.test(plain) ? plain : `P${plain}`;
  const short = begun.slice(0, LONGEST).trim();
  return RESERVED.test(short) ? `${short}_` : short;
}
