import { type Problem, problem } from '../problems/index.ts';

/** Whose YAML it is: decides the codes of what is found wrong in it. */
export type YamlArea = 'study' | 'template' | 'input';

/** More keys than any file of ours has at its top; beyond, unfolding them only to refuse each takes seconds. */
const mostTopKeys = 10_000;

/** A text with keys without end is told once, before it is unfolded; undefined for all others. */
export function crowdProblem(text: string, file: string, area: YamlArea): Problem | undefined {
  // A key at the top begins its line; what is indented, quoted, a comment or an item of a list is none.
  const keys = /^([^\s#"'\-[\]{}&*!|>%@`][^\n]*?):(?=\s|$)/gm;
  let count = 0;
  let last: { name: string; at: number } | undefined;
  for (const found of text.matchAll(keys)) {
    count += 1;
    if (count === mostTopKeys) last = { name: found[1] ?? '', at: found.index };
  }
  if (last === undefined || count <= mostTopKeys) return undefined;
  const message = `${count.toLocaleString('en-US')} keys stand at the top, such as "${last.name.slice(0, 40)}"`;
  const line = text.slice(0, last.at).split('\n').length;
  return problem('error', `${area}.unknown-key`, message, { file, line, column: 1 }, 'is this the right file?');
}

/**
 * What the parser says of tabs that indent, as one finding with the place of the first and the number of the others;
 * what it says before the first tab is kept, what it says behind it mostly follows from it. Undefined where no tab is to
 * blame.
 */
export function tabProblem(
  text: string,
  found: readonly Problem[],
  { file, area }: { readonly file: string; readonly area: YamlArea },
): Problem[] | undefined {
  const tabbed = text.split('\n').flatMap((line, index) => (/^ *\t\s*[^\s#]/.test(line) ? [index + 1] : []));
  const lineOf = ({ where }: Problem) => where.line ?? 1;
  const last = Math.max(...found.map(lineOf));
  const [first, ...others] = tabbed.filter((line) => line <= last);
  // An error on the line of a tab, or right below it, is the tab's.
  const isToBlame = found.some((one) => tabbed.some((line) => line === lineOf(one) || line === lineOf(one) - 1));
  if (first === undefined || !isToBlame) return undefined;
  const column = (text.split('\n')[first - 1] ?? '').indexOf('\t') + 1;
  const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'line' : 'lines'}`;
  const message = `a tab indents this line${more}`;
  const tab = problem(
    'error',
    `${area}.yaml-syntax`,
    message,
    { file, line: first, column },
    'indent with blanks: YAML allows no tabs there',
  );
  return [...found.filter((one) => lineOf(one) < first), tab];
}
