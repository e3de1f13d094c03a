import type { Bounds, Geometry, Landmark } from '../../gating/index.ts';
import { type GatePlacement, type GateRedraw, type GateRequest, type GateTube, notPlaced } from '../method.ts';
import { type Cut, type CutTube, placeCuts, UNNEEDED_CUT } from './cut.ts';
import type { CutFallback, CutRules, CutSearch } from './cutSearch.ts';
import { poolFrame } from './poolFrame.ts';
import { type CutRedrawer, cutRedrawer, heldCuts, movedCuts } from './redrawCuts.ts';

/** A rule for a pool without a cut, as a template writes it: an internal reference by the name of its population. */
export type StepFallback =
  | Exclude<CutFallback, { readonly donors: unknown }>
  | { readonly end: number; readonly beyond: string; readonly parent?: 'carriers' | undefined }
  | { readonly end: number; readonly under: string };

/** One cut of a gate: on which marker, which side is kept, and how the cut is found. */
export interface CutStep {
  readonly marker: string;
  readonly keep: 'above' | 'below';
  /** A cut that another population's gate already holds. */
  readonly from?: string | undefined;
  /** u added to the cut. */
  readonly shift: number;
  readonly bound: number;
  readonly fallback: StepFallback;
  readonly hasOwnVote: boolean;
  /** Events on which the cut is looked for: what the gate's earlier cuts keep, or all of the parent. */
  readonly looksAt: 'kept' | 'parent';
  /** A marker in whose place this cut stands: it is made only in tubes that lack that marker. */
  readonly standsIn?: string | undefined;
  /** True: only narrows the events on which later cuts are looked for; the gate has no edge there. */
  readonly isGuide?: boolean;
  readonly search: CutSearch;
  /** True where the template gives the cut as a number: no bridging control moves it, and it has no error. */
  readonly isGiven?: boolean | undefined;
}

/**
 * Places a gate of one or more cuts. Cuts are looked for in the order of the template, each as a rule among the
 * parent's events that the cuts before it keep.
 * @returns one placement a tube: an interval, or a rectangle of several
 */
export function placeCutGate(steps: readonly CutStep[], request: GateRequest): readonly GatePlacement[] {
  const cuts = cutsOfSteps(steps, request);
  return request.tubes.map((tube, t) => {
    const own = steps.map((step, s) => ({ step, cut: cuts[s]![t]! }));
    const held = own.filter(
      ({ step, cut }) =>
        !step.isGuide && cut.rule !== 'unneeded' && !(cut.rule === 'absent' && mayDrop(step.marker, request)),
    );
    const standIns = held.some(({ step }) => step.standsIn !== undefined) ? ['marker_absent', 'stand_in'] : [];
    const flags = [...new Set([...own.flatMap(({ cut }) => cut.flags), ...standIns])].sort();
    if (held.some(({ cut }) => cut.at === undefined)) return notPlaced(flags);
    const dims = held.map(({ step, cut }) => boundsOf(step, cut, tube, request));
    return {
      geometry: geometryOf(dims),
      landmarks: landmarksOf(held.map(({ cut }) => cut)),
      modes: modesOf(own),
      rule: [...new Set(held.map(({ cut }) => cut.rule))].join('+') || 'absent',
      fallback: [...new Set(held.flatMap(({ cut }) => (cut.fallback ? [cut.fallback] : [])))].join('+') || null,
      flags,
    };
  });
}

/** Modes by marker; where a guide narrowed a marker, those that it saw before. */
function modesOf(cuts: readonly { readonly step: CutStep; readonly cut: Cut }[]): GatePlacement['modes'] {
  const guides = cuts.filter(({ step }) => step.isGuide);
  return cuts
    .filter(({ step }) => step.isGuide || !guides.some((guide) => guide.step.marker === step.marker))
    .map(({ step, cut }) => ({ marker: step.marker, at: cut.modes }));
}

/** Cuts of every step in every tube; a step that takes a cut from elsewhere finds nothing of its own. */
export function cutsOfSteps(
  steps: readonly CutStep[],
  request: GateRequest,
  upTo: number = steps.length,
): readonly (readonly Cut[])[] {
  const { redraw } = request;
  return redraw ? drawnCuts(steps, request, redraw, upTo) : placedSteps(steps, request, upTo).found;
}

/** Cuts of the first steps, and which events they keep in every tube; undefined: all. */
function placedSteps(steps: readonly CutStep[], request: GateRequest, upTo: number) {
  const kept: (Uint8Array | undefined)[] = request.tubes.map(() => undefined);
  const found: (readonly Cut[])[] = [];
  for (const step of steps.slice(0, upTo)) {
    const made = step.from ? borrowCut(step, step.from, request) : lookForCut(step, request, kept);
    const cuts = made.map((cut, t) => (isNeeded(step, request.tubes[t]!) ? cut : UNNEEDED_CUT));
    found.push(cuts);
    request.tubes.forEach((tube, t) => {
      const at = cuts[t]!.at;
      if (at !== undefined && tube.has(step.marker)) kept[t] = narrowValues(tube.u(step.marker), kept[t], step, at);
    });
  }
  return { found, kept };
}

function drawnCuts(
  steps: readonly CutStep[],
  request: GateRequest,
  redraw: GateRedraw,
  upTo: number,
): readonly (readonly Cut[])[] {
  return steps.slice(0, upTo).map((step, s) => {
    const ofMarker = steps.slice(0, s).filter(({ marker }) => marker === step.marker).length;
    const name = ofMarker === 0 ? step.marker : `${step.marker} ${ofMarker + 1}`;
    const cuts = step.from
      ? borrowCut(step, step.from, request)
      : movedCuts(
          redraw.cuts(name, rulesOf(step, request).frame, () => stepRedrawer(steps, s, redraw.placed)),
          step.shift,
        );
    return cuts.map((cut, t) => (isNeeded(step, request.tubes[t]!) ? cut : UNNEEDED_CUT));
  });
}

/** Earlier cuts of the gate stay as placed, as its parents do. */
function stepRedrawer(steps: readonly CutStep[], s: number, placed: GateRequest): CutRedrawer {
  const step = steps[s] as CutStep;
  const tubes = cutTubes(step, placed, placedSteps(steps, placed, s).kept);
  const rules = rulesOf(step, placed);
  return step.isGiven ? heldCuts(placeCuts(tubes, step.search, rules)) : cutRedrawer(tubes, step.search, rules);
}

/** Landmarks that carried the cuts of a gate, each marker once. */
export function landmarksOf(cuts: readonly Cut[]): readonly Landmark[] {
  const found = cuts.flatMap(({ landmark }) => landmark ?? []);
  return found.filter(({ marker }, i) => i === found.findIndex((one) => one.marker === marker));
}

/** The cut on one marker of a gate made of steps; undefined where it has none. */
export function cutOfStep(steps: readonly CutStep[], marker: string, request: GateRequest): readonly Cut[] | undefined {
  const index = steps.findIndex((step) => step.marker === marker && !step.isGuide);
  return index < 0 ? undefined : cutsOfSteps(steps, request, index + 1)[index];
}

/** A cut that stands in for an absent marker is not made in a tube that has the marker. */
function isNeeded(step: CutStep, tube: GateTube): boolean {
  return step.standsIn === undefined || !tube.has(step.standsIn);
}

function borrowCut(step: CutStep, from: string, request: GateRequest): readonly Cut[] {
  return request.cutsOf(from, step.marker).map((cut) => ({
    ...cut,
    at: cut.at === undefined ? undefined : cut.at + step.shift,
    rule: cut.rule === 'absent' ? 'absent' : 'reference',
    modes: [],
    flags: cut.flags,
  }));
}

function lookForCut(step: CutStep, request: GateRequest, kept: readonly (Uint8Array | undefined)[]): readonly Cut[] {
  return movedCuts(placeCuts(cutTubes(step, request, kept), step.search, rulesOf(step, request)), step.shift);
}

function cutTubes(step: CutStep, request: GateRequest, kept: readonly (Uint8Array | undefined)[]): readonly CutTube[] {
  return request.tubes.map((tube, t) =>
    isNeeded(step, tube)
      ? cutTube(tube, step.marker, step.looksAt === 'kept' ? kept[t] : undefined)
      : withoutMarker(tube),
  );
}

function rulesOf({ keep, bound, fallback, hasOwnVote, marker, isGiven }: CutStep, request: GateRequest): CutRules {
  const frame = poolFrame(isGiven ? { ...request, stain: () => undefined } : request, marker);
  return { pool: request.pool, keep, bound, fallback: fallbackOf(fallback, marker, request), hasOwnVote, frame };
}

/** An internal reference is looked up when it is needed: where the pool shows a cut, nobody asks for it. */
function fallbackOf(fallback: StepFallback, marker: string, request: GateRequest): CutFallback {
  if (typeof fallback === 'string' || !('beyond' in fallback || 'under' in fallback)) return fallback;
  const of = 'beyond' in fallback ? 'beyond' : 'under';
  const name = 'beyond' in fallback ? fallback.beyond : fallback.under;
  const path = request.gate.references[name];
  if (path === undefined) throw new Error(`"${name}" was not resolved when the template was read`);
  const donors = (sampleId: string) => {
    const tube = request.tubesOf(path).find((one) => one.sampleId === sampleId);
    return tube?.has(marker) ? tube.u(marker) : undefined;
  };
  const isOfCarriers = 'parent' in fallback && fallback.parent === 'carriers';
  return { of, end: fallback.end, isOfCarriers, donors };
}

function withoutMarker({ sampleId, isInPool, role, batch, subjectKey }: GateTube): CutTube {
  return { sampleId, isInPool, role, batch, subjectKey, parentCount: 0, values: undefined };
}

function cutTube(tube: GateTube, marker: string, kept: Uint8Array | undefined): CutTube {
  if (!tube.has(marker)) return withoutMarker(tube);
  const { sampleId, isInPool, role, batch, subjectKey } = tube;
  const all = tube.u(marker);
  const values = kept ? keptOf(all, kept) : all;
  const share = all.length === 0 ? 0 : values.length / all.length;
  return { sampleId, isInPool, role, batch, subjectKey, parentCount: tube.parentCount * share, values };
}

function keptOf(values: Float64Array, kept: Uint8Array): Float64Array {
  const out = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    out[count] = values[i]!;
    count += kept[i]!;
  }
  return out.slice(0, count);
}

function narrowValues(u: Float64Array, kept: Uint8Array | undefined, step: CutStep, at: number): Uint8Array {
  const next = kept ?? new Uint8Array(u.length).fill(1);
  for (let i = 0; i < u.length; i++) {
    const isKept = step.keep === 'above' ? u[i]! >= at : u[i]! < at;
    if (!isKept) next[i] = 0;
  }
  return next;
}

function mayDrop(marker: string, request: GateRequest): boolean {
  return request.gate.ifAbsent[marker] === 'drop';
}

function boundsOf(step: CutStep, cut: Cut, tube: GateTube, request: GateRequest): Bounds {
  const at = cut.at as number;
  const raw = request.uScale(step.marker).inverse(at);
  const axis = request.axis(step.marker, tube.sampleId, 'u');
  return step.keep === 'above'
    ? { ...axis, min: at, max: null, min_raw: raw, max_raw: null }
    : { ...axis, min: null, max: at, min_raw: null, max_raw: raw };
}

/** Cuts on the same marker (a level between two of them) become one dimension. */
function geometryOf(dims: readonly Bounds[]): Geometry {
  const merged: Bounds[] = [];
  for (const dim of dims) {
    const same = merged.findIndex((other) => other.marker === dim.marker);
    if (same < 0) merged.push(dim);
    else {
      const other = merged[same]!;
      merged[same] = {
        ...other,
        min: other.min ?? dim.min,
        max: other.max ?? dim.max,
        min_raw: other.min_raw ?? dim.min_raw,
        max_raw: other.max_raw ?? dim.max_raw,
      };
    }
  }
  const [only] = merged;
  if (!only) return { kind: 'all', of: [] };
  return merged.length === 1 ? { kind: 'interval', dims: [only] } : { kind: 'rectangle', dims: merged };
}
