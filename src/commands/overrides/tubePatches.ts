import type { ForeignGate, GateEdit } from '../../foreign/index.ts';
import type { BookTubeGate, Geometry, PlacementBook } from '../../gating/index.ts';
import { type Patch, placedHash } from '../../review/index.ts';
import { drawnAxes, keptPart, type PatchPart, redrawnPart, type SideShift, sideShifts } from './editedPart.ts';
import type { PatchAxes } from './patchAxes.ts';

/** What stands in every patch of one tube. */
export interface PatchAuthor {
  /** How patches name the tube. */
  readonly tube: string;
  readonly author: string;
  readonly date: string;
  /** For changes beside which nothing is written; undefined: each needs its own. */
  readonly reason: string | undefined;
}

/** What the edits of one tube are as patches, and what they cannot be: population and why. */
export interface TubePatches {
  readonly patches: readonly Patch[];
  readonly faults: readonly { readonly population: string; readonly says: string; readonly isReason: boolean }[];
  /** Populations of FlowJo that no gate of the book stands for. */
  readonly added: readonly string[];
}

/** All edits of the nodes that stand for one population. */
interface OwnEdits {
  readonly population: string;
  readonly parent: string;
  readonly entry: BookTubeGate;
  readonly edits: readonly GateEdit[];
}

/** A gate of several parts stands in a workspace as several populations beside the one that combines them. */
const HELPER = /^(.*?) (?:(?:part|box) \d+(?: box \d+)?|not .+)$/;

/** Turns what was done to the gates of one tube into patches against its entries of the book. */
export function tubePatches(
  edits: readonly GateEdit[],
  book: PlacementBook,
  sampleId: string,
  axes: PatchAxes,
  who: PatchAuthor,
): TubePatches {
  const own = ownEdits(edits, book, sampleId);
  const faults: { population: string; says: string; isReason: boolean }[] = [];
  const patches: Patch[] = [];
  const gone = own.filter(({ population, edits: all }) =>
    all.some((one) => one.path === population && one.kind === 'gone'),
  );
  const isBelowGone = (parent: string) =>
    gone.some(({ population }) => parent === population || parent.startsWith(`${population}/`));
  for (const one of own) {
    const { population, entry } = one;
    if (isBelowGone(one.parent)) continue;
    const made = changesOf(one, axes);
    if (typeof made === 'string') {
      faults.push({ population, says: made, isReason: false });
      continue;
    }
    const base = { tube: who.tube, population, author: who.author, date: who.date, replaces: placedHash(entry) };
    const note = one.edits.map((edit) => edit.note).find((text) => text !== '');
    if (made.length === 0) {
      const isLooked = one.edits.some((edit) => edit.kind === 'same' && edit.isCounted);
      const reason = note === undefined ? {} : { reason: note };
      if (isLooked && isGate(entry.geometry)) patches.push({ action: 'accept', ...base, ...reason });
      continue;
    }
    const reason = note ?? who.reason;
    if (reason === undefined) {
      faults.push({ population, says: 'it was changed without a reason', isReason: true });
      continue;
    }
    if (entry.override !== null) {
      const says = 'it was moved by hand before this export; change its patch in the overrides of the run';
      faults.push({ population, says, isReason: false });
      continue;
    }
    patches.push(...made.map((change): Patch => ({ ...change, ...base, scope: 'tube', reason })));
  }
  return { patches, faults, added: addedIn(edits, own) };
}

function isGate({ kind }: Geometry): boolean {
  return kind !== 'boolean' && kind !== 'none';
}

function ownEdits(edits: readonly GateEdit[], book: PlacementBook, sampleId: string): readonly OwnEdits[] {
  const paths = new Set(book.gates.map(({ population }) => population));
  return book.gates.flatMap(({ population, parent, tubes }) => {
    const entry = tubes.find((one) => one.sample_id === sampleId);
    const own = edits.filter(({ path }) => ownerOf(path, paths) === population);
    return entry === undefined || own.length === 0 ? [] : [{ population, parent, entry, edits: own }];
  });
}

function ownerOf(path: string, paths: ReadonlySet<string>): string | undefined {
  if (paths.has(path)) return path;
  const owner = HELPER.exec(path)?.[1];
  return owner !== undefined && paths.has(owner) ? owner : undefined;
}

function addedIn(edits: readonly GateEdit[], own: readonly OwnEdits[]): readonly string[] {
  const known = new Set(own.flatMap((one) => one.edits));
  return edits.flatMap((edit) => (edit.kind === 'new' && !known.has(edit) ? [edit.path] : []));
}

type Change =
  | { readonly action: 'shift'; readonly axis: string; readonly by: number; readonly frame: 'u' }
  | { readonly action: 'geometry'; readonly geometry: Extract<Patch, { action: 'geometry' }>['geometry'] }
  | { readonly action: 'exclude' };

/** @returns none where nothing was changed; why it cannot be said, in words */
function changesOf({ population, entry: { geometry }, edits }: OwnEdits, axes: PatchAxes): readonly Change[] | string {
  if (edits.some((edit) => edit.kind === 'gone' && edit.path === population)) return [{ action: 'exclude' }];
  if (edits.some(({ kind }) => kind === 'gone' || kind === 'new'))
    return 'one of the populations of which it is made was taken out or added';
  const changed = edits.flatMap((edit) => (edit.kind === 'changed' ? [edit] : []));
  if (changed.length === 0) return [];
  if (geometry.kind === 'boolean') return 'it is a combination of others: change those';
  if (changed.some(({ before, after }) => before.isComplement !== after.isComplement))
    return 'it was turned inside out';
  const parts = geometry.kind === 'all' && geometry.of.length > 0 ? geometry.of : [geometry];
  const pieces = changed.map(({ path, before, after }) => ({
    at: placeIn(path, population, parts.length),
    before,
    after,
  }));
  if (
    pieces.some(
      ({ at, before, after }) => at === undefined || before.gate.kind === 'boolean' || after.gate.kind === 'boolean',
    )
  )
    return 'how its parts are combined was changed';
  return partChanges(
    parts,
    pieces.map(({ at, before, after }) => ({ at: at!, before: drawn(before.gate), after: drawn(after.gate) })),
    axes,
  );
}

type Drawn = Exclude<ForeignGate, { kind: 'boolean' }>;

function drawn(gate: ForeignGate): Drawn {
  if (gate.kind === 'boolean') throw new Error('a combination is no drawn gate');
  return gate;
}

/** Which part a population of the workspace stands for; of a box of many sides it holds two. */
function placeIn(path: string, population: string, parts: number): number | undefined {
  const rest = path.slice(population.length);
  const part = / part (\d+)/.exec(rest)?.[1];
  if (part === undefined) return parts === 1 ? 0 : undefined;
  return Number(part) <= parts ? Number(part) - 1 : undefined;
}

interface Piece {
  readonly at: number;
  readonly before: Drawn;
  readonly after: Drawn;
}

/** Sides that were moved, where all pieces are no more than that; else the whole gate anew. */
function partChanges(
  parts: readonly Geometry[],
  pieces: readonly Piece[],
  axes: PatchAxes,
): readonly Change[] | string {
  const axisFault = pieces
    .flatMap(({ after }) => drawnAxes(after))
    .map(axes)
    .find((one) => typeof one === 'string');
  if (axisFault !== undefined) return axisFault;
  const shifts = pieces.map(({ at, before, after }) => sideShifts(parts[at]!, before, after, axes));
  if (shifts.every((one) => one !== undefined)) return gathered(shifts.flat());
  const isMany = pieces.some(({ before, at }) => sidesOf(parts[at]!) > 2 && before.kind === 'rectangle');
  if (isMany) return 'a box of more than two sides was redrawn: only its edges can be moved';
  const whole = parts.map((part, i): PatchPart | string => {
    const own = pieces.filter(({ at }) => at === i);
    const [piece] = own;
    if (piece !== undefined && own.length === 1) return redrawnPart(piece.after, axes);
    return keptPart(part) ?? 'a part of it cannot be said in a patch';
  });
  const fault = whole.find((part) => typeof part === 'string');
  if (fault !== undefined) return fault;
  const [only, ...more] = whole.filter((part) => typeof part !== 'string');
  return [{ action: 'geometry', geometry: more.length === 0 ? only! : { kind: 'all', of: [only!, ...more] } }];
}

function sidesOf(part: Geometry): number {
  return part.kind === 'rectangle' ? part.dims.length : 0;
}

/** A divider that two quadrant sides share is moved once. */
function gathered(shifts: readonly SideShift[]): readonly Change[] | string {
  const byAxis = new Map<string, number>();
  for (const { axis, by } of shifts) {
    const before = byAxis.get(axis);
    if (before !== undefined && before !== by) return `"${axis}" was moved to two places`;
    byAxis.set(axis, by);
  }
  return [...byAxis].map(([axis, by]) => ({ action: 'shift', axis, by, frame: 'u' }));
}
