import { hasErrors, type Problem, problem, type Reading } from '../../problems/index.ts';
import { readCsvText } from '../../tables/index.ts';
import type { GateEntry, TemplateEntry } from '../template/gateEntry.ts';
import { tableName } from '../tree/populationPaths.ts';
import { type CutBeside, type MethodEntry, methodEntry } from './methodEntry.ts';
import { openCytoText } from './openCytoText.ts';
import { populationsOf, type Sign } from './populationsOf.ts';
import { booleanEntry, type KnownPopulation, referenceEntry } from './referenceEntry.ts';
import { type OpenCytoRow, rowsOf } from './row.ts';

/** A template of ours made of an openCyto template: methods by methods, no coordinates. */
export interface OpenCytoImport {
  readonly text: string;
  /** Names of all populations that came along. */
  readonly paths: readonly string[];
  /** What of each did not, by path. */
  readonly notes: readonly { readonly path: string; readonly says: string }[];
  /** Rows without a counterpart, with why. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
}

const REQUIRED = ['alias', 'pop', 'parent', 'dims', 'gating_method', 'gating_args'];

interface Known extends KnownPopulation {
  readonly alias: string;
  /** The aliases above and its own, as the other program joins them. */
  readonly aliasPath: string;
}

/** Reads an openCyto gating template. @param file how it is called in messages */
export function readOpenCyto(bytes: Uint8Array, file: string): Reading<OpenCytoImport> {
  const { value: table, problems } = readCsvText(bytes, file, REQUIRED);
  if (table === undefined || hasErrors(problems)) return { value: undefined, problems };
  const known: Known[] = [];
  const entries: TemplateEntry[] = [];
  const notes: { path: string; says: string }[] = [];
  const left: { path: string; why: string; line: number }[] = [];
  for (const row of rowsOf(table)) {
    for (const written of row.parent.split(',').map((one) => one.trim())) {
      addRow({ ...row, parent: written }, { known, entries, notes, left });
    }
  }
  const found = left.map(({ path, why, line }): Problem => {
    return problem('warning', 'import.not-carried', `"${path}" did not come along: ${why}`, { file, line });
  });
  const value = { text: openCytoText(entries), paths: entries.map(pathOf), notes, left };
  return { value, problems: [...problems, ...found] };
}

interface Growing {
  readonly known: Known[];
  readonly entries: TemplateEntry[];
  readonly notes: { path: string; says: string }[];
  readonly left: { path: string; why: string; line: number }[];
}

function addRow(row: OpenCytoRow, { known, entries, notes, left }: Growing): void {
  const lose = (name: string, why: string) => left.push({ path: name, why, line: row.line });
  const find = (name: string): Known | undefined => findKnown(name, known);
  const parent = row.parent === 'root' || row.parent === '/' ? undefined : find(row.parent);
  const populations = populationsOf(row);
  if (typeof populations === 'string') return void lose(row.alias, populations);
  const cuts = new Map<number, string>();
  for (const { name, signs } of populations) {
    if (parent === undefined && row.parent !== 'root' && row.parent !== '/') {
      lose(name, `its parent "${row.parent}" is not there, or more than one is`);
      continue;
    }
    const parentPath = parent?.path ?? 'root';
    const place = { name: uniqueName(name, parentPath, entries), parent: parentPath };
    const beside = (name: string, gate: GateEntry): string => {
      const entry = { name: uniqueName(name, parentPath, entries), parent: parentPath, importedName: undefined, gate };
      entries.push(entry);
      return pathOf(entry);
    };
    const cutBeside = (dim: number, gate: GateEntry): string => {
      const path = cuts.get(dim) ?? beside(`${row.dims[dim]} cut`, gate);
      cuts.set(dim, path);
      return path;
    };
    const made = gateOf(row, signs, { find, cutBeside, part: (gate) => beside(`${place.name} (part)`, gate) });
    if (typeof made === 'string') {
      lose(name, made);
      continue;
    }
    const entry = { ...place, importedName: place.name === name ? undefined : name, gate: made.gate };
    entries.push(entry);
    notes.push(...made.notes.map((says) => ({ path: pathOf(entry), says })));
    const aliasPath = parent === undefined ? `/${name}` : `${parent.aliasPath}/${name}`;
    known.push({ path: pathOf(entry), alias: name, aliasPath, cuts: cutsIn(made.gate) });
  }
}

interface Makers {
  readonly find: (name: string) => Known | undefined;
  readonly cutBeside: CutBeside;
  readonly part: (gate: GateEntry) => string;
}

function gateOf(row: OpenCytoRow, signs: readonly Sign[], { find, cutBeside, part }: Makers): MethodEntry | string {
  if (row.method !== 'refGate' && row.method !== 'boolGate') return methodEntry(row, signs, cutBeside);
  const made = row.method === 'boolGate' ? booleanEntry(row, find, part) : referenceEntry(row, signs, find);
  return typeof made === 'string' ? made : { gate: made, notes: [] };
}

/** By alias, or by the end of its path of aliases; undefined where there is none, or more than one. */
function findKnown(name: string, known: readonly Known[]): Known | undefined {
  const wanted = name.trim();
  const found = known.filter(
    ({ alias, aliasPath }) => alias === wanted || aliasPath === wanted || aliasPath.endsWith(`/${wanted}`),
  );
  return found.length === 1 ? found[0] : undefined;
}

function uniqueName(name: string, parent: string, entries: readonly TemplateEntry[]): string {
  const wanted = tableName(name);
  const taken = new Set(entries.filter((one) => one.parent === parent).map((one) => one.name.toLowerCase()));
  let free = wanted;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${wanted.slice(0, 74)} (${n})`;
  return free;
}

function pathOf({ name, parent }: TemplateEntry): string {
  return parent === 'root' ? name : `${parent}/${name}`;
}

/** The markers on which a gate holds a cut that others may take. */
function cutsIn({ marker, cuts }: GateEntry): readonly string[] {
  if (typeof marker === 'string') return [marker];
  return Array.isArray(cuts) ? cuts.flatMap((cut) => (typeof cut.marker === 'string' ? [cut.marker] : [])) : [];
}
