import type { Problem } from '../../problems/index.ts';
import { type ForeignPopulation, operandIds } from '../model.ts';

/** A population as it was read: without a gate where that could not be read, which was said already. */
export interface PopulationDraft extends Omit<ForeignPopulation, 'gate'> {
  readonly gate: ForeignPopulation['gate'] | undefined;
  readonly line: number;
  readonly column: number;
}

type Say = (code: Problem['code'], message: string, at: { readonly line: number; readonly column: number }) => void;

/**
 * The populations that can be used, parents before children and operands anywhere. One that cannot be read costs itself,
 * what stands below it and the combinations that name it, never its siblings.
 * @param drafts in the order of the document, parents and operands by id, anywhere in it
 */
export function growTree(drafts: readonly PopulationDraft[], say: Say): readonly ForeignPopulation[] {
  const byId = uniqueById(drafts, say);
  const states = new Map<PopulationDraft, 'open' | 'sound' | 'lost'>();
  const sound: ForeignPopulation[] = [];
  const visit = (draft: PopulationDraft, way: readonly PopulationDraft[]): boolean => {
    const state = states.get(draft);
    if (state === 'sound' || state === 'lost') return state === 'sound';
    if (state === 'open') {
      const circle = [...way.slice(way.indexOf(draft)), draft].map(({ name }) => `"${name}"`);
      say('import.unreadable-gate', `gates name each other in a circle: ${circle.join(' -> ')}`, draft);
      return false;
    }
    states.set(draft, 'open');
    const missing = requiredBy(draft).filter((id) => !byId.has(id));
    const lost = requiredBy(draft)
      .flatMap((id) => byId.get(id) ?? [])
      .filter((needed) => !visit(needed, [...way, draft]));
    const isSound =
      byId.get(draft.id) === draft && draft.gate !== undefined && missing.length === 0 && lost.length === 0;
    states.set(draft, isSound ? 'sound' : 'lost');
    if (missing.length > 0)
      say('import.unreadable-gate', `gate "${draft.name}" names ${quoted(missing)}, which is not there`, draft);
    else if (lost.length > 0) {
      const names = quoted(lost.map(({ name }) => name));
      say('import.not-carried', `gate "${draft.name}" is left out with ${names}, on which it stands`, draft);
    }
    return isSound;
  };
  for (const draft of drafts) visit(draft, []);
  const place = (draft: PopulationDraft): void => {
    if (states.get(draft) !== 'sound' || draft.gate === undefined) return;
    const { line: _line, column: _column, gate, ...rest } = draft;
    sound.push({ ...rest, gate });
    for (const child of drafts) if (child.parent === draft.id) place(child);
  };
  for (const draft of drafts) if (draft.parent === null) place(draft);
  return sound;
}

function requiredBy({ parent, gate }: PopulationDraft): readonly string[] {
  const operands = gate === undefined ? [] : operandIds(gate);
  return [...(parent === null ? [] : [parent]), ...operands];
}

/** Of things with the same id none can be used, since what names it could mean either. */
function uniqueById(drafts: readonly PopulationDraft[], say: Say): ReadonlyMap<string, PopulationDraft> {
  const byId = new Map<string, PopulationDraft>();
  const doubled = new Set<string>();
  for (const draft of drafts) {
    if (byId.has(draft.id)) {
      doubled.add(draft.id);
      say('import.duplicate-id', `the id "${draft.id}" is that of another gate too`, draft);
    }
    byId.set(draft.id, draft);
  }
  for (const id of doubled) byId.delete(id);
  return byId;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
