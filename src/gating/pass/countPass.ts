import type { TubeBook } from '../book.ts';
import type { PopulationCount, TubeCounts } from '../counts.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import { type Geometry, kindOf } from '../geometries/registry.ts';
import { members } from '../members.ts';
import { type CountQuestions, NO_QUESTIONS } from '../questions.ts';
import { answerSums } from './answerSums.ts';
import { type BlockContext, blockContext } from './blockContext.ts';
import type { EventBlock } from './eventBlock.ts';
import { pictureGrids } from './pictureGrids.ts';
import { type PictureStep, pictureSteps } from './pictureSteps.ts';
import { type PopulationRows, populationRows } from './populationRows.ts';
import { regionSieve } from './regionSieve.ts';
import { sidesSieve } from './sidesSieve.ts';
import { plainSieve, type Sieve } from './sieve.ts';

/** The tree of one tube, made ready for blocks of its events. */
export interface CountPass {
  /** Blocks in the order of the tube, each of at most `BLOCK_EVENTS`; nothing of them is kept. */
  add(block: EventBlock): void;
  /** Of all blocks: what `countPopulations` says of the same events at once, number for number. */
  counts(): TubeCounts;
}

export interface PassWants {
  readonly membership: boolean;
  readonly pictures: boolean;
  readonly questions?: CountQuestions | undefined;
  /** Events of the whole tube. */
  readonly eventCount: number;
}

/** One population while blocks pass by. */
interface Station {
  readonly population: string;
  readonly rows: PopulationRows;
  readonly parent: Station | undefined;
  readonly sieve: Sieve | undefined;
  readonly marks: Uint8Array | undefined;
  isPlaced: boolean;
  /** Number of the last block that it was sorted for. */
  block: number;
  sum: number;
}

/** @param book the tube's own entries; a Boolean may name a population that stands below it */
export function countPass(book: TubeBook, wants: PassWants): CountPass {
  let blockNumber = 0;
  let context: GateContext | undefined;
  const steps = wants.pictures ? pictureSteps(book) : [];
  const { all, visit } = stations(
    book,
    { ...wants, steps },
    {
      context: () => context!,
      block: () => blockNumber,
    },
  );
  const rowsOf = (path: string): PopulationRows | undefined => {
    const station = visit(path);
    return station.isPlaced ? station.rows : undefined;
  };
  const byBlock: BlockContext = all.contextFor(rowsOf);
  const grids = wants.pictures ? pictureGrids(book, steps) : undefined;
  const sums = answerSums(wants.questions ?? NO_QUESTIONS);
  const add = (block: EventBlock): void => {
    blockNumber++;
    context = byBlock.on(block);
    const root = all.root;
    root.rows.count = block.eventCount;
    root.sum += block.eventCount;
    for (const station of all.byPath.values()) station.rows.renew(block);
    for (const { population } of book.gates) {
      const station = visit(population);
      if (!station.isPlaced) continue;
      station.sum += station.rows.count;
      if (station.marks) mark(station.marks, block.firstEvent, station.rows);
    }
    for (const { after } of steps) visit(after);
    grids?.add(visit);
    sums.add(context, rowsOf);
  };
  return {
    add,
    counts() {
      // A tube without events has its populations all the same, and those without a place.
      if (blockNumber === 0) add({ firstEvent: 0, eventCount: 0, fill: () => undefined });
      return {
        sampleId: book.sampleId,
        eventCount: wants.eventCount,
        populations: populationCounts(book, all.byPath),
        pictures: grids?.pictures((path) => all.byPath.get(path)!) ?? [],
        membership: wants.membership ? book.gates.map(({ population }) => all.byPath.get(population)!.marks!) : null,
        answers: sums.answers(),
      };
    },
  };
}

interface Now {
  context(): GateContext;
  block(): number;
}

interface Stations {
  readonly root: Station;
  readonly byPath: ReadonlyMap<string, Station>;
  contextFor(rowsOf: (path: string) => PopulationRows | undefined): BlockContext;
}

function stations(
  book: TubeBook,
  wants: PassWants & { readonly steps: readonly PictureStep[] },
  now: Now,
): { all: Stations; visit: (path: string) => Station } {
  const root: Station = { ...station('root', undefined, undefined), isPlaced: true };
  const byPath = new Map<string, Station>([['root', root]]);
  const gates = new Map(book.gates.map((gate) => [gate.population, gate]));
  const scales = blockContext(book.scales, () => undefined);
  const make = (path: string): Station => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const gate = gates.get(path);
    if (gate === undefined) throw new Error(`the book holds no gate "${path}"`);
    const parent = make(gate.parent);
    const marks = wants.membership ? new Uint8Array(wants.eventCount) : undefined;
    const made = { ...station(path, parent, sieveOf(gate.geometry, gate.parent, scales.scaleOf, now)), marks };
    byPath.set(path, made);
    return made;
  };
  for (const path of gates.keys()) make(path);
  for (const { before, after, geometry } of wants.steps) {
    if (byPath.has(after)) continue;
    byPath.set(after, station(after, byPath.get(before), sieveOf(geometry, before, scales.scaleOf, now)));
  }
  const visit = (path: string): Station => {
    const own = make(path);
    if (own.parent === undefined || own.block === now.block()) return own;
    own.block = now.block();
    own.rows.count = 0;
    const parent = visit(own.parent.population);
    own.isPlaced = parent.isPlaced && own.sieve!(parent.rows, own.rows);
    return own;
  };
  return { all: { root, byPath, contextFor: (rowsOf) => blockContext(book.scales, rowsOf) }, visit };
}

function station(population: string, parent: Station | undefined, sieve: Sieve | undefined): Station {
  const rows = populationRows(parent?.rows);
  return { population, rows, parent, sieve, marks: undefined, isPlaced: false, block: 0, sum: 0 };
}

function sieveOf(geometry: Geometry, parent: string, scaleOf: BlockContext['scaleOf'], now: Now): Sieve {
  const kind = kindOf(geometry);
  const sides = kind.sides(geometry);
  if (sides !== undefined) return sidesSieve(sides);
  const region = kind.region?.(geometry);
  if (region !== undefined) return regionSieve(region, [scaleOf(region.dims[0]), scaleOf(region.dims[1])]);
  return plainSieve((): EventIndex | null => {
    const context = now.context();
    const index = context.population(parent);
    return index === null ? null : members(geometry, context, index);
  });
}

function mark(marks: Uint8Array, firstEvent: number, { rows, count }: PopulationRows): void {
  for (let e = 0; e < count; e++) marks[firstEvent + rows[e]!] = 1;
}

function populationCounts(book: TubeBook, byPath: ReadonlyMap<string, Station>): PopulationCount[] {
  const countOf = (path: string): number | null => {
    const { isPlaced, sum } = byPath.get(path)!;
    return isPlaced ? sum : null;
  };
  const root: PopulationCount = {
    population: 'root',
    parent: '',
    count: countOf('root'),
    parentCount: null,
    flags: [],
  };
  const others = book.gates.map(({ population, parent, flags }) => ({
    population,
    parent,
    count: countOf(population),
    parentCount: countOf(parent),
    flags,
  }));
  return [root, ...others];
}
