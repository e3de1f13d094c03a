import { type CsvTable, columnKey } from '../../tables/index.ts';

/** A row of an openCyto template, as written. */
export interface OpenCytoRow {
  readonly alias: string;
  readonly pop: string;
  readonly parent: string;
  readonly dims: readonly string[];
  readonly method: string;
  /** R arguments by name; those without one by their place: `1`. */
  readonly args: ReadonlyMap<string, string>;
  readonly argsText: string;
  readonly isCollapsed: boolean;
  readonly groupBy: string;
  readonly preprocessing: string;
  readonly line: number;
}

/** R's arguments "K = 2, target = c(1e5, 5e4)" by name. */
function readArguments(text: string): ReadonlyMap<string, string> {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const sign of text) {
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (sign === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  parts.push(part);
  const written = parts.map((one) => one.trim()).filter((one) => one !== '');
  return new Map(
    written.map((one, i) => {
      const [, name, value] = /^([A-Za-z_.][\w.]*)\s*=\s*(.*)$/s.exec(one) ?? [];
      return name === undefined || value === undefined ? [String(i + 1), one] : [name, value.trim()];
    }),
  );
}

/** "c(1e5, 5e4)" or "250000" as numbers; undefined where one of them is none. */
export function numbersOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const inside = /^c\((.*)\)$/s.exec(text.trim())?.[1] ?? text;
  const numbers = inside.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined;
}

/** The rows of a template, in their order. */
export function rowsOf(table: CsvTable): readonly OpenCytoRow[] {
  const place = new Map(table.header.map((name, i) => [columnKey(name), i]));
  return table.rows.map((row) => {
    const cell = (name: string): string => row.cells[place.get(columnKey(name)) ?? -1] ?? '';
    return {
      alias: cell('alias'),
      pop: cell('pop'),
      parent: cell('parent'),
      dims: cell('dims')
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
      method: cell('gating_method'),
      args: readArguments(cell('gating_args')),
      argsText: cell('gating_args'),
      isCollapsed: /^t/i.test(cell('collapseDataForGating')),
      groupBy: cell('groupBy'),
      preprocessing: cell('preprocessing_method'),
      line: row.line,
    };
  });
}
