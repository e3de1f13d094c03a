import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { type Problem, problem, type Reading } from '../problems/index.ts';
import { crowdProblem, tabProblem, type YamlArea } from './yamlText.ts';

/** Keys and list indices from the top of a document to one of its nodes. */
export type YamlPath = readonly (string | number)[];

export interface YamlPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A YAML document as plain values, with the way back to the text. */
export interface YamlSource {
  readonly file: string;
  readonly area: YamlArea;
  readonly value: unknown;
  /**
   * Where a node begins; of an absent one, where the nearest node around it begins.
   * @param what `key`: the key that leads to the node; `value` (default): the node itself
   */
  at(path: YamlPath, what?: 'key' | 'value'): YamlPlace;
}

/** Aliases may be resolved at most so many times: a "billion laughs" file stops here. */
const maxAliasCount = 100;

/**
 * Reads YAML 1.2 (core schema: `no` and `08` stay text). Duplicate keys, unknown aliases and tags, and more than one
 * document are errors; all errors of the text are returned.
 */
export function readYaml(text: string, file: string, area: YamlArea = 'input'): Reading<YamlSource> {
  const crowd = crowdProblem(text, file, area);
  if (crowd !== undefined) return { value: undefined, problems: [crowd] };
  const lines = new LineCounter();
  const body = text.replace(/^\uFEFF/, '');
  const document = parseDocument(body, {
    lineCounter: lines,
    strict: true,
    // The parser would compare each key with each; duplicateKeys asks a set.
    uniqueKeys: false,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
  });
  const place = (offset: number): YamlPlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const deep = deepPlace(document);
  if (deep !== undefined) return { value: undefined, problems: [tooDeep(place(deep), area)] };
  const found = [...document.errors, ...document.warnings].map((error) => {
    return syntaxProblem(error, place(error.pos[0]), area);
  });
  const tabs = found.length === 0 ? undefined : tabProblem(body, found, { file, area });
  if (tabs !== undefined) return { value: undefined, problems: tabs };
  found.push(...duplicateKeys(document, place, area));
  found.push(...unknownAliases(document, lines, file, area));
  if (found.length > 0) return { value: undefined, problems: found };
  const value = plainValue(document);
  if (value instanceof Error) {
    const message = 'aliases unfold to too much text';
    return { value: undefined, problems: [problem('error', `${area}.yaml-alias`, message, { file })] };
  }
  const at = (path: YamlPath, what: 'key' | 'value' = 'value'): YamlPlace => {
    return place(offsetOf(document, path, what));
  };
  return { value: { file, area, value, at }, problems: [] };
}

/** Lists and mappings in each other; what a person writes has about ten levels, and every reader would run out of stack. */
const MOST_LEVELS = 256;

/** Where a document is nested too deeply, which the parser itself may have been the first to notice. */
function deepPlace(document: Document): number | undefined {
  const overflow = document.errors.find(({ message }) => /call stack/i.test(message));
  if (overflow !== undefined) return overflow.pos[0];
  const waiting: { node: unknown; level: number }[] = [{ node: document.contents, level: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, level } = next;
    if (!isMap(node) && !isSeq(node)) continue;
    if (level >= MOST_LEVELS) return startOf(node);
    for (const item of node.items) waiting.push({ node: isPair(item) ? item.value : item, level: level + 1 });
  }
  return undefined;
}

function tooDeep(where: YamlPlace, area: YamlArea): Problem {
  const message = `lists and mappings are nested deeper than ${MOST_LEVELS} levels`;
  return problem(
    'error',
    `${area}.yaml-syntax`,
    message,
    where,
    'is this the right file? what is written here has about ten',
  );
}

/** The parser leaves these to the moment of unfolding, where their places are lost. */
function unknownAliases(document: Document, lines: LineCounter, file: string, area: YamlArea): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { line, col } = lines.linePos(startOf(alias));
      const message = `alias "*${alias.source}" has no anchor "&${alias.source}" before it`;
      problems.push(problem('error', `${area}.yaml-alias`, message, { file, line, column: col }));
    },
  });
  return problems;
}

function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

function syntaxProblem(error: YAMLError, where: YamlPlace, area: YamlArea): Problem {
  if (error.code === 'MULTIPLE_DOCS') {
    return problem('error', `${area}.yaml-syntax`, 'a second document begins with "---"', where, 'use one file each');
  }
  const sentence = error.message.split('\n')[0] ?? '';
  return problem('error', `${area}.yaml-syntax`, `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`, where);
}

/** A key that stands again in its mapping: one finding a key, at its second place. */
function duplicateKeys(document: Document, place: (offset: number) => YamlPlace, area: YamlArea): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Map(_, map) {
      const again = new Map<string, { node: Node; count: number }>();
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const repeat = again.get(name);
        if (repeat !== undefined) repeat.count += 1;
        else if (seen.has(name)) again.set(name, { node: key, count: 2 });
        seen.add(name);
      }
      for (const { node, count } of again.values()) {
        const times = count === 2 ? 'twice' : `${count} times`;
        const message = `this key stands ${times} in the same mapping`;
        problems.push(problem('error', `${area}.duplicate-key`, message, place(startOf(node))));
      }
    },
  });
  return problems;
}

/** Walks down as far as there are nodes: an absent key has none, so the nearest node around it answers. */
function offsetOf(document: Document, path: YamlPath, what: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? startOf(node) : 0;
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1;
    const next = childOf(document, node, step);
    if (next === undefined) return offset;
    if (isLast && what === 'key' && next.key !== undefined) return startOf(next.key);
    node = next.value;
    offset = isNode(node) ? startOf(node) : startOf(next.key ?? (document.contents as Node));
  }
  return offset;
}

function childOf(
  document: Document,
  parent: unknown,
  step: string | number,
): { key?: Node; value: unknown } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) {
    const pair = pairsOf(node).get(String(step));
    return pair === undefined || !isNode(pair.key) ? undefined : { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const value = node.items[step];
    return value === undefined ? undefined : { value };
  }
  return undefined;
}

const pairsByMap = new WeakMap<YAMLMap, Map<string, Pair>>();

/** By key, since a mapping of many findings is asked for each of them; of a key that stands twice the first. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairsByMap.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<string, Pair>();
  for (const pair of map.items as Pair[]) {
    if (isScalar(pair.key) && !pairs.has(String(pair.key.value))) pairs.set(String(pair.key.value), pair);
  }
  pairsByMap.set(map, pairs);
  return pairs;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
