import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Problem, problem, type Reading } from '../problems/index.ts';

/** Whose YAML it is: decides the codes of what is found wrong in it. */
export type YamlArea = 'study' | 'template' | 'input';

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
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    stringKeys: true,
  });
  const found = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, lines, file, area));
  found.push(...unknownAliases(document, lines, file, area));
  if (found.length > 0) return { value: undefined, problems: found };
  const value = plainValue(document);
  if (value instanceof Error) {
    const message = 'aliases unfold to too much text';
    return { value: undefined, problems: [problem('error', `${area}.yaml-alias`, message, { file })] };
  }
  const at = (path: YamlPath, what: 'key' | 'value' = 'value'): YamlPlace => {
    const { line, col } = lines.linePos(offsetOf(document, path, what));
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  return { value: { file, area, value, at }, problems: [] };
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

function syntaxProblem(error: YAMLError, lines: LineCounter, file: string, area: YamlArea): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const where = { file, line: Math.max(1, line), column: Math.max(1, col) };
  if (error.code === 'DUPLICATE_KEY') {
    return problem('error', `${area}.duplicate-key`, 'this key stands twice in the same mapping', where);
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return problem('error', `${area}.yaml-syntax`, 'a second document begins with "---"', where, 'use one file each');
  }
  const sentence = error.message.split('\n')[0] ?? '';
  return problem('error', `${area}.yaml-syntax`, `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`, where);
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
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    return pair === undefined || !isNode(pair.key) ? undefined : { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof step === 'number') {
    const value = node.items[step];
    return value === undefined ? undefined : { value };
  }
  return undefined;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
