import { answerer } from './answerer.ts';
import type { TubeBook } from './book.ts';
import type { PopulationCount, TubeCounts } from './counts.ts';
import { eventCountOf } from './eventIndex.ts';
import type { EventIndex, Events } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { members } from './members.ts';
import { drawPictures } from './pictures.ts';
import { type CountQuestions, NO_QUESTIONS } from './questions.ts';
import { scaleOfAxis } from './scales.ts';

/**
 * Walks the tree of one tube: members, counts and densities of every population.
 * @param book the tube's own entries, in tree order
 * @param wants membership: one 0/1 column a population; pictures: densities of the gates; questions: what is asked beside
 * @returns count null where the gate or one above it could not be placed; 0 is a count
 */
export function countPopulations(
  events: Events,
  book: TubeBook,
  wants: { readonly membership: boolean; readonly pictures: boolean; readonly questions?: CountQuestions | undefined },
): TubeCounts {
  const context = treeContext(events, book);
  const inside = context.population;
  const countOf = (path: string): number | null => {
    const index = inside(path);
    return index === null ? null : eventCountOf(index, events.count);
  };
  const root: PopulationCount = { population: 'root', parent: '', count: events.count, parentCount: null, flags: [] };
  const populations = book.gates.map((gate) => ({
    population: gate.population,
    parent: gate.parent,
    count: countOf(gate.population),
    parentCount: countOf(gate.parent),
    flags: gate.flags,
  }));
  return {
    sampleId: book.sampleId,
    eventCount: events.count,
    populations: [root, ...populations],
    pictures: wants.pictures ? drawPictures(book, context) : [],
    membership: wants.membership ? book.gates.map((gate) => column(inside(gate.population), events.count)) : null,
    answers: answerer(wants.questions ?? NO_QUESTIONS)(context),
  };
}

/** Members by path, each found once and on demand, so that a boolean may name a population that stands below it. */
export function treeContext(events: Events, book: TubeBook): GateContext {
  const gates = new Map(book.gates.map((gate) => [gate.population, gate]));
  const found = new Map<string, EventIndex | null>([['root', 'all']]);
  const context: GateContext = {
    events,
    scaleOf: (axis) => scaleOfAxis(axis, book.scales),
    population: membersOf,
  };
  function membersOf(path: string): EventIndex | null {
    const known = found.get(path);
    if (known !== undefined) return known;
    const gate = gates.get(path);
    if (!gate) throw new Error(`the book holds no gate "${path}"`);
    const parent = membersOf(gate.parent);
    const index = parent === null ? null : members(gate.geometry, context, parent);
    found.set(path, index);
    return index;
  }
  return context;
}

function column(index: EventIndex | null, eventCount: number): Uint8Array {
  const marks = new Uint8Array(eventCount);
  if (index === 'all') return marks.fill(1);
  if (index !== null) for (const event of index) marks[event] = 1;
  return marks;
}
