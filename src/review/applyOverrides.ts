import {
  type BookGate,
  type BookScale,
  type BookTubeGate,
  type Geometry,
  handlesOf,
  kindOf,
  type PlacementBook,
  shiftedGeometry,
} from '../gating/index.ts';
import { didYouMean, nearestName, type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { completeGeometry } from './completeGeometry.ts';
import { placedHash } from './hashes.ts';
import type { Patch } from './patch.ts';
import type { WrittenPatch } from './readOverrides.ts';
import type { ReviewTube } from './reviewTube.ts';

/** A gate of one tube that is no longer where it was placed, or that is taken out. */
export interface MovedGate {
  readonly sampleId: string;
  readonly population: string;
  readonly patches: readonly Exclude<Patch, { action: 'accept' }>[];
  /** Where it lies now. */
  readonly geometry: Geometry;
  /** The same change on another place of this gate, as drawn ones are; undefined where it has no meaning there. */
  readonly change: (geometry: Geometry) => Geometry | undefined;
}

export interface AppliedOverrides {
  readonly book: PlacementBook;
  readonly moved: readonly MovedGate[];
  /** Gates of one tube at which somebody looked, moved ones too. */
  readonly looked: readonly { readonly sampleId: string; readonly population: string; readonly author: string }[];
}

/**
 * Book × patches → book. A patch is refused where its tube, population or handle is not known, or where the gate was
 * placed elsewhere than the person saw it; all refusals are told at once, and then there is no book.
 * @param tubes those of the book: their codes, and which of them share subject or batch
 */
export function applyOverrides(
  book: PlacementBook,
  patches: readonly WrittenPatch[],
  tubes: readonly ReviewTube[],
): Reading<AppliedOverrides> {
  const problems: Problem[] = [];
  const found = patches.flatMap((written) => {
    const target = targetOf(written, book, tubes);
    if ('code' in target) problems.push(target);
    return 'code' in target ? [] : [{ ...target, written }];
  });
  const looked = found.map(({ tube, gate, written }) => ({
    sampleId: tube.sampleId,
    population: gate.population,
    author: written.patch.author,
  }));
  const wishes = found.flatMap((one) => wishesOf(one, tubes));
  problems.push(...conflicts(wishes));
  const moved: MovedGate[] = [];
  const gates = book.gates.map((gate) => {
    const own = wishes.filter((wish) => wish.population === gate.population);
    if (own.length === 0) return gate;
    return {
      ...gate,
      tubes: gate.tubes.map((entry) => movedEntry({ gate, entry, own, scales: book.scales }, moved, problems)),
    };
  });
  if (problems.length > 0) return { value: undefined, problems };
  return { value: { book: { ...book, gates }, moved, looked }, problems };
}

interface Target {
  readonly tube: ReviewTube;
  readonly gate: BookGate;
  readonly entry: BookTubeGate;
}

/** The tube, gate and entry that a patch names, or why there is none. */
function targetOf({ patch, where }: WrittenPatch, book: PlacementBook, tubes: readonly ReviewTube[]): Target | Problem {
  const tube = tubes.find(({ sampleId, code }) => sampleId === patch.tube || code === patch.tube);
  if (tube === undefined) {
    const near = nearestName(
      patch.tube,
      patch.tube.startsWith('T-') ? tubes.map(({ code }) => code) : tubes.map(({ sampleId }) => sampleId),
    );
    const message = `no tube of this study is called "${patch.tube}"`;
    return problem('error', 'review.unknown-tube', message, where, didYouMean(near));
  }
  const gate = book.gates.find(({ population }) => population === patch.population);
  const entry = gate?.tubes.find(({ sample_id }) => sample_id === tube.sampleId);
  if (gate === undefined || entry === undefined) {
    const near = nearestName(
      patch.population,
      book.gates.map(({ population }) => population),
    );
    const message = `the template of tube "${patch.tube}" has no population "${patch.population}"`;
    return problem('error', 'review.unknown-population', message, where, didYouMean(near));
  }
  if (placedHash(entry) !== patch.replaces) {
    const message = `the gate of "${patch.population}" in tube "${patch.tube}" was placed anew since ${patch.author} looked at it`;
    return problem('error', 'review.stale', message, where);
  }
  return { tube, gate, entry };
}

type Change = Exclude<Patch, { action: 'accept' }>;

/** One change of one gate of one tube. */
interface Wish {
  readonly sampleId: string;
  readonly population: string;
  readonly patch: Change;
  readonly where: Where;
  readonly isNamed: boolean;
}

/** A patch in each tube that its scope holds. */
function wishesOf({ tube, gate, written }: Target & { written: WrittenPatch }, tubes: readonly ReviewTube[]): Wish[] {
  const { patch, where } = written;
  if (patch.action === 'accept') return [];
  const isMeant = {
    tube: (other: ReviewTube) => other.sampleId === tube.sampleId,
    subject: (other: ReviewTube) =>
      other.sampleId === tube.sampleId || (tube.subjectKey !== '' && other.subjectKey === tube.subjectKey),
    batch: (other: ReviewTube) => other.batch === tube.batch,
    all: () => true,
  }[patch.scope];
  const present = new Set(gate.tubes.map(({ sample_id }) => sample_id));
  return tubes
    .filter((other) => isMeant(other) && present.has(other.sampleId))
    .map(({ sampleId }) => ({
      sampleId,
      population: gate.population,
      patch,
      where,
      isNamed: sampleId === tube.sampleId,
    }));
}

/** Two patches that want the same of one gate: which of them holds, nobody could tell. */
function conflicts(wishes: readonly Wish[]): Problem[] {
  const told = new Set<Patch>();
  return wishes.flatMap((wish, i) => {
    const other = wishes.slice(0, i).find((earlier) => isSameGate(earlier, wish) && collide(earlier.patch, wish.patch));
    if (other === undefined || told.has(wish.patch)) return [];
    told.add(wish.patch);
    const line = other.where.line === undefined ? 'another patch' : `the patch on line ${other.where.line}`;
    const message = `${line} changes the same gate of "${wish.population}" in the same tube, so that they contradict each other`;
    return [problem('error', 'review.conflict', message, wish.where)];
  });
}

function isSameGate(a: Wish, b: Wish): boolean {
  return a.sampleId === b.sampleId && a.population === b.population;
}

/** Shifts of different handles go together, a marker as a whole with none of its sides; all else does not. */
function collide(a: Change, b: Change): boolean {
  if (a.action !== 'shift' || b.action !== 'shift') return true;
  return a.axis === b.axis || a.axis.startsWith(`${b.axis} `) || b.axis.startsWith(`${a.axis} `);
}

interface EntryChange {
  readonly gate: BookGate;
  readonly entry: BookTubeGate;
  readonly own: readonly Wish[];
  readonly scales: readonly BookScale[];
}

/** The entry of one tube after its patches; adds what was moved, and what could not be. */
function movedEntry({ gate, entry, own, scales }: EntryChange, moved: MovedGate[], problems: Problem[]): BookTubeGate {
  const wishes = own.filter(({ sampleId }) => sampleId === entry.sample_id);
  if (wishes.length === 0) return entry;
  let geometry: Geometry = entry.geometry;
  const done: Wish[] = [];
  for (const wish of wishes) {
    const next = changed(geometry, wish.patch, scales);
    if (typeof next !== 'string') {
      geometry = next;
      done.push(wish);
      // A tube that a wider scope adds may lack the marker: it is left as it is.
    } else if (wish.isNamed) problems.push(problem('error', 'review.impossible', next, wish.where));
  }
  if (done.length === 0) return entry;
  const patches = done.map(({ patch }) => patch);
  const change = (drawn: Geometry): Geometry | undefined => {
    let at: Geometry = drawn;
    for (const patch of patches) {
      const next = changed(at, patch, scales);
      if (typeof next === 'string') return undefined;
      at = next;
    }
    return at;
  };
  moved.push({ sampleId: entry.sample_id, population: gate.population, patches, geometry, change });
  const flag = geometry.kind === 'none' ? 'excluded_by_hand' : 'moved_by_hand';
  return {
    ...entry,
    geometry,
    override: done.map(({ patch, isNamed }) => overrideOf(patch, isNamed)),
    flags: [...new Set([...entry.flags, flag])].sort(),
  };
}

function overrideOf(patch: Change, isNamed: boolean): NonNullable<BookTubeGate['override']>[number] {
  const { action, author, date, reason, scope, replaces } = patch;
  const how = patch.action === 'shift' ? { axis: patch.axis, by: patch.by, frame: patch.frame } : {};
  return { action, ...how, scope, named: isNamed, author, date, reason, replaces };
}

/** A geometry after one patch, or in words why that cannot be. */
function changed(geometry: Geometry, patch: Change, scales: readonly BookScale[]): Geometry | string {
  if (patch.action === 'exclude') return { kind: 'none' };
  if (patch.action === 'geometry') return completeGeometry(patch.geometry, geometry, scales);
  const handles = handlesOf(geometry);
  const next = shiftedGeometry(geometry, patch, scales);
  if (next === undefined) {
    if (handles.length === 0) return `a gate of kind "${geometry.kind}" has nothing that can be shifted`;
    const names = handles.map((name) => `"${name}"`).join(', ');
    return `the gate has no "${patch.axis}" that can be moved in ${patch.frame}; it has ${names}`;
  }
  return isInsideOut(next) ? `moved so far, "${patch.axis}" would lie beyond the gate's other side` : next;
}

function isInsideOut(geometry: Geometry): boolean {
  if (geometry.kind === 'all') return geometry.of.some(isInsideOut);
  return (kindOf(geometry).sides(geometry) ?? []).some(({ min, max }) => !(min < max));
}
