import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { looseName } from './looseName.ts';

/** What is needed to tell which row of a table belongs to which of its columns. */
interface NamedRows {
  readonly names: readonly string[];
  readonly rowNames: readonly string[] | undefined;
  /** Whether the row at a position is greatest in the column at the same position. */
  readonly isOwnGreatest: boolean;
}

/**
 * Which row belongs to each column: by equal names; by running numbers, which R and pandas write; by names of files
 * that hold the name of one column each. Names that say nothing of the columns leave the order to the diagonal.
 * @returns for each column the position of its row
 */
export function tableRowOrder(table: NamedRows, source: string, where: Where): Reading<readonly number[]> {
  const { names, rowNames, isOwnGreatest } = table;
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length > 0) {
    const problems = twice.map((name) =>
      problem('error', 'compensation.spillover-duplicate-channel', `${source}: two columns are named "${name}"`, where),
    );
    return { value: undefined, problems };
  }
  const asWritten = names.map((_, i) => i);
  if (rowNames === undefined || areRunning(rowNames)) return { value: asWritten, problems: [] };
  const loose = rowNames.map(looseName);
  const order =
    pairing(names, (name, i) => rowNames[i] === name) ?? pairing(names, (name, i) => loose[i] === looseName(name));
  if (order) return { value: order, problems: [] };
  const byFile = pairing(names, (name, i) => longestNameIn(loose[i]!, names) === name);
  if (byFile) return { value: byFile, problems: [rowNote(names, byFile, rowNames, source, where)] };
  const isForeign = rowNames.every((row) => longestNameIn(looseName(row), names) === undefined);
  const areDistinct = new Set(rowNames).size === rowNames.length;
  if (isForeign && areDistinct && isOwnGreatest) {
    return { value: asWritten, problems: [rowNote(names, asWritten, rowNames, source, where)] };
  }
  return { value: undefined, problems: [namesDiffer(names, rowNames, source, where)] };
}

/** The one row that fits each name, if every row is taken once. */
function pairing(names: readonly string[], fits: (name: string, row: number) => boolean): number[] | undefined {
  const rows = names.map((name) => names.map((_, i) => i).filter((i) => fits(name, i)));
  if (rows.some((found) => found.length !== 1)) return undefined;
  const order = rows.map(([row]) => row!);
  return new Set(order).size === order.length ? order : undefined;
}

function areRunning(rowNames: readonly string[]): boolean {
  return [0, 1].some((first) => rowNames.every((name, i) => name === String(i + first)));
}

/** The longest column name within a text, between characters that belong to no name: "FITC-A" in "single FITC-A.fcs". */
function longestNameIn(text: string, names: readonly string[]): string | undefined {
  const inside = names.filter((name) => `.${text}.`.includes(`.${looseName(name)}.`));
  const longest = Math.max(...inside.map((name) => name.length));
  const found = inside.filter((name) => name.length === longest);
  return found.length === 1 ? found[0] : undefined;
}

function rowNote(
  names: readonly string[],
  order: readonly number[],
  rowNames: readonly string[],
  source: string,
  where: Where,
): Problem {
  const pairs = names.map((name, i) => `"${rowNames[order[i]!]}" = "${name}"`).join(', ');
  const message = `${source}: rows were given to the columns so: ${pairs}`;
  return problem('warning', 'compensation.spillover-names', message, where, 'name the rows as the columns are named');
}

function namesDiffer(names: readonly string[], rowNames: readonly string[], source: string, where: Where): Problem {
  const missing = names.filter((name) => !rowNames.includes(name));
  const surplus = rowNames.filter((name, i) => !names.includes(name) || rowNames.indexOf(name) !== i);
  const quoted = (list: readonly string[]): string => list.map((name) => `"${name}"`).join(', ') || 'none';
  const message =
    `${source}: the names of rows and columns differ: without a row of their own ${quoted(missing)}, ` +
    `rows without a column ${quoted(surplus)}`;
  return problem('error', 'compensation.spillover-shape', message, where);
}
