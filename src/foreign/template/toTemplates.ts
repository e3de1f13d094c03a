import { axesOfGate } from '../evaluate/foreignBook.ts';
import { type ForeignGating, type ForeignPopulation, type ForeignSample, operandIds } from '../model.ts';
import { type ImportedTemplate, type LeftPopulation, toTemplate } from './toTemplate.ts';

/** How the n-th template of a sample is called, and the file of its matrix. */
export type TemplateNames = (n: number) => { readonly template: string; readonly matrixFile: string };

/** More compensations and scales than that stand on one channel in no document. */
const MOST = 12;

/**
 * The gates of one sample as templates, as few as hold all that a template can say: a template has one compensation, and one
 * scale a channel. Each holds what the ones before it lack, with what that stands on.
 * @returns one at least; what none of them holds is left by the last
 */
export function toTemplates(
  gating: Pick<ForeignGating, 'values' | 'program'>,
  sample: ForeignSample,
  names: TemplateNames,
): readonly ImportedTemplate[] {
  const first = toTemplate(gating, sample, names(1));
  const made = [first];
  let open = new Set(first.left.map(({ id }) => id));
  while (open.size > 0 && made.length < MOST) {
    const next = bestOf(gating, sample, names(made.length + 1), open);
    if (next === undefined) break;
    made.push(next);
    open = new Set([...open].filter((id) => !next.held.has(id)));
  }
  const left = first.left.filter(({ id }) => open.has(id)).map((one) => ownReason(one, gating, sample));
  return made.map((one, i) => ({ ...one, left: i === made.length - 1 ? left : [] }));
}

/** Why a population has no place even in a template that is made for it alone. */
function ownReason(
  left: LeftPopulation,
  gating: Pick<ForeignGating, 'values' | 'program'>,
  sample: ForeignSample,
): LeftPopulation {
  const byId = new Map(sample.populations.map((one) => [one.id, one]));
  const needed = closure(new Set([left.id]), byId);
  const part = { ...sample, populations: sample.populations.filter(({ id }) => needed.has(id)) };
  const alone = toTemplate(gating, part, { template: 'x', matrixFile: 'x.csv' }, new Set([left.id]));
  return { ...left, why: alone.left.find(({ id }) => id === left.id)?.why ?? left.why };
}

/** The template that holds most of what is open; undefined where none holds any of it. */
function bestOf(
  gating: Pick<ForeignGating, 'values' | 'program'>,
  sample: ForeignSample,
  names: ReturnType<TemplateNames>,
  open: ReadonlySet<string>,
): ImportedTemplate | undefined {
  const count = (one: ImportedTemplate) => [...open].filter((id) => one.held.has(id)).length;
  const byId = new Map(sample.populations.map((one) => [one.id, one]));
  // One gate decides on its own compensation and scales; the others of its kind come along.
  const leaders = new Map([...open].map((id) => [kindOf(byId.get(id)), id] as const)).values();
  const tried = [open, ...[...leaders].map((id) => new Set([id]))].map((wanted) => {
    const needed = closure(open, byId);
    const part = { ...sample, populations: sample.populations.filter(({ id }) => needed.has(id)) };
    return withoutUnneeded(toTemplate(gating, part, names, wanted), gating, part, { names, wanted, open, byId });
  });
  const best = tried.reduce((most, one) => (count(one) > count(most) ? one : most));
  return count(best) === 0 ? undefined : best;
}

/** What a gate asks of its template. */
function kindOf(population: ForeignPopulation | undefined): string {
  const axes = population === undefined ? [] : axesOfGate(population.gate);
  return JSON.stringify(axes.map(({ source, compensation, scale }) => [source, compensation, scale]));
}

interface Choice {
  readonly names: ReturnType<TemplateNames>;
  readonly wanted: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
  readonly byId: ReadonlyMap<string, ForeignPopulation>;
}

/** Once more with no more than what is newly held and what that stands on. */
function withoutUnneeded(
  made: ImportedTemplate,
  gating: Pick<ForeignGating, 'values' | 'program'>,
  sample: ForeignSample,
  { names, wanted, open, byId }: Choice,
): ImportedTemplate {
  const needed = closure(new Set([...open].filter((id) => made.held.has(id))), byId);
  return toTemplate(
    gating,
    { ...sample, populations: sample.populations.filter(({ id }) => needed.has(id)) },
    names,
    wanted,
  );
}

/** With parents and operands, all the way up. */
function closure(ids: ReadonlySet<string>, byId: ReadonlyMap<string, ForeignPopulation>): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (id: string): void => {
    const population = byId.get(id);
    if (population === undefined || found.has(id)) return;
    found.add(id);
    for (const need of [...(population.parent === null ? [] : [population.parent]), ...operandIds(population.gate)])
      add(need);
  };
  for (const id of ids) add(id);
  return found;
}
