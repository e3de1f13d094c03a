import { denominatorParts } from '../analysis/index.ts';
import { combinationWords } from './combination.ts';
import type { TemplateRegistry } from './methodDescription.ts';
import { settingChanges } from './settingChanges.ts';
import type { Template, TemplateGate, TemplatePopulation } from './template.ts';

/** One thing in which two templates differ. */
export interface TemplateChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'gate' | 'marker' | 'values' | 'denominator' | 'expectation' | 'words';
  /** Population, marker or key. */
  readonly name: string;
  /** What is otherwise now, in words. */
  readonly says: string;
  /** Populations whose events may be others by it, full paths of the second template. */
  readonly reaches: readonly string[];
}

/**
 * In what the second template does otherwise than the first. Order of keys and entries, comments and defaults that are
 * written out are no difference.
 */
export function diffTemplates(a: Template, b: Template, registry: TemplateRegistry): readonly TemplateChange[] {
  const everything = b.populations.map(({ path }) => path);
  const found = [...valueChanges(a, b, everything), ...markerChanges(a, b), ...populationChanges(a, b, registry)];
  return [...found, ...denominatorChanges(a, b), ...expectationChanges(a, b), ...wordChanges(a, b)];
}

type Change = TemplateChange;

/** How values are read: each reaches every gate. */
function valueChanges(a: Template, b: Template, reaches: readonly string[]): Change[] {
  const keys = ['compensation', 'amplification', 'values'] as const;
  const plain = keys.flatMap((key) => differing(key, a[key], b[key], reaches));
  const scales = (['fluorescence', 'scatter'] as const).flatMap((key) =>
    differing(`scale of ${key}`, a.scales[key], b.scales[key], reaches),
  );
  const names = [...new Set([...Object.keys(a.scales.byMarker), ...Object.keys(b.scales.byMarker)])];
  const byMarker = names.flatMap((name) =>
    differing(`scale of ${name}`, a.scales.byMarker[name], b.scales.byMarker[name], usersOf(name, b)),
  );
  return [...plain, ...scales, ...byMarker];
}

function differing(name: string, a: unknown, b: unknown, reaches: readonly string[]): Change[] {
  const [before, after] = [plainText(a), plainText(b)];
  return before === after ? [] : [{ kind: 'values', name, says: `${before} -> ${after}`, reaches }];
}

/** As text without the places in the files. */
function plainText(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (key, inner) => (key === 'where' ? undefined : inner)).replaceAll('"', '');
}

function markerChanges(a: Template, b: Template): Change[] {
  const before = new Map(a.markers.map((marker) => [marker.name, plainText(marker)]));
  const after = new Map(b.markers.map((marker) => [marker.name, plainText(marker)]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Change[] => {
    const [one, other] = [before.get(name), after.get(name)];
    if (one === other) return [];
    const says = one === undefined ? 'is used now' : other === undefined ? 'is used no more' : `${one} -> ${other}`;
    return [{ kind: 'marker', name, says, reaches: usersOf(name, b) }];
  });
}

function usersOf(marker: string, template: Template): readonly string[] {
  const own = template.populations.filter(({ gate }) => gate.markers.includes(marker)).map(({ path }) => path);
  return dependents(own, template);
}

function populationChanges(a: Template, b: Template, registry: TemplateRegistry): Change[] {
  const before = new Map(a.populations.map((one) => [one.path, one]));
  const after = new Map(b.populations.map((one) => [one.path, one]));
  const removed = a.populations.filter(({ path }) => !after.has(path));
  const added = b.populations.filter(({ path }) => !before.has(path));
  const moved = added.flatMap((one) => {
    const from = removed.find((other) => other.name === one.name);
    return from === undefined ? [] : [{ from, to: one }];
  });
  const isMoved = (path: string) => moved.some(({ from, to }) => from.path === path || to.path === path);
  const changed = b.populations.flatMap((now) => {
    const then = before.get(now.path) ?? moved.find(({ to }) => to === now)?.from;
    return then === undefined ? [] : gateChanges(then, now, { a, b, registry });
  });
  return [
    ...removed
      .filter(({ path }) => !isMoved(path))
      .map(({ path }): Change => ({ kind: 'removed', name: path, says: 'is counted no more', reaches: [] })),
    ...added
      .filter(({ path }) => !isMoved(path))
      .map(({ path, gate }): Change => ({ kind: 'added', name: path, says: `by ${gate.method}`, reaches: [path] })),
    ...moved.map(
      ({ from, to }): Change => ({
        kind: 'moved',
        name: to.path,
        says: `cut out of ${to.parent}, not of ${from.parent}`,
        reaches: dependents([to.path], b),
      }),
    ),
    ...changed,
  ];
}

interface Both {
  readonly a: Template;
  readonly b: Template;
  readonly registry: TemplateRegistry;
}

function gateChanges(then: TemplatePopulation, now: TemplatePopulation, { a, b, registry }: Both): Change[] {
  const says = [...gateWords(then.gate, now.gate, registry), ...alignmentWords(then.gate, now.gate, a, b)];
  const gate: Change[] = says.map((words) => ({
    kind: 'gate',
    name: now.path,
    says: words,
    reaches: dependents([now.path], b),
  }));
  const label: Change[] =
    then.label === now.label
      ? []
      : [{ kind: 'words', name: now.path, says: `label "${then.label}" -> "${now.label}"`, reaches: [] }];
  return [...gate, ...label];
}

function gateWords(then: TemplateGate, now: TemplateGate, registry: TemplateRegistry): string[] {
  if (then.method !== now.method) return [`cut by ${now.method}, not by ${then.method}`];
  const method = registry.gates.get(now.method);
  const [one, other] = [then, now].map((gate) => method?.combination?.(gate.settings)?.combination);
  const settings =
    one !== undefined && other !== undefined
      ? combinationWords(one) === combinationWords(other)
        ? []
        : [`${combinationWords(one)} -> ${combinationWords(other)}`]
      : settingChanges(then.settings, now.settings, method?.settings);
  const keys = ['units', 'pool', 'align'] as const;
  const others = keys.flatMap((key) =>
    then[key] === now[key] ? [] : [`${key} ${then[key] ?? 'not set'} -> ${now[key] ?? 'not set'}`],
  );
  const absent = settingChanges(then.ifAbsent, now.ifAbsent, undefined).map(
    (words) => `where a marker is absent: ${words}`,
  );
  const moved = Object.keys(now.references).filter(
    (name) => then.references[name] !== undefined && then.references[name] !== now.references[name],
  );
  const means = moved.map((name) => `"${name}" means ${now.references[name]}, not ${then.references[name]}`);
  return [...settings, ...others, ...absent, ...means];
}

function alignmentWords(then: TemplateGate, now: TemplateGate, a: Template, b: Template): string[] {
  if (now.align === undefined || then.align !== now.align) return [];
  const [one, other] = [a, b].map(({ alignments }) => alignments.find(({ name }) => name === now.align));
  if (one === undefined || other === undefined) return [];
  const parent = one.parent === other.parent ? [] : [`on ${other.parent}, not on ${one.parent}`];
  return [...parent, ...settingChanges(one.settings, other.settings, undefined)].map(
    (words) => `its alignment ${now.align}: ${words}`,
  );
}

/** Populations and all that stand on them: below, named by a gate, or aligned on. */
function dependents(start: readonly string[], { populations, alignments }: Template): readonly string[] {
  const reached = new Set(start);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const { path, parent, gate } of populations) {
      const aligned = alignments.find(({ name }) => name === gate.align)?.parent;
      const needs = [parent, ...Object.values(gate.references), ...(aligned === undefined ? [] : [aligned])];
      if (needs.some((one) => reached.has(one))) reached.add(path);
    }
  }
  return populations.map(({ path }) => path).filter((path) => reached.has(path));
}

function denominatorChanges(a: Template, b: Template): Change[] {
  const text = ({ denominators }: Template, name: string): string | undefined => {
    const one = denominators[name];
    if (one === undefined) return undefined;
    const { of, without } = denominatorParts(one);
    return `${of}${without === null ? '' : ` without ${without}`}`;
  };
  const names = [...new Set([...Object.keys(a.denominators), ...Object.keys(b.denominators)])];
  return names.flatMap((name): Change[] => {
    const [one, other] = [text(a, name), text(b, name)];
    const says = `${one ?? 'not there'} -> ${other ?? 'not there'}`;
    return one === other ? [] : [{ kind: 'denominator', name, says, reaches: [] }];
  });
}

function expectationChanges(a: Template, b: Template): Change[] {
  const keys = ['assertions', 'expectedRanges', 'reservoirs', 'intensities'] as const;
  return keys.flatMap((key): Change[] => {
    const [one, other] = [plainText(a[key]), plainText(b[key])];
    return one === other ? [] : [{ kind: 'expectation', name: key, says: `${one} -> ${other}`, reaches: [] }];
  });
}

function wordChanges(a: Template, b: Template): Change[] {
  return (['name', 'version', 'about'] as const).flatMap((key): Change[] =>
    a[key] === b[key] ? [] : [{ kind: 'words', name: key, says: `"${a[key]}" -> "${b[key]}"`, reaches: [] }],
  );
}
