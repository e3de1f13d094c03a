/**
 * A text for a terminal of so many columns: broken between words or between the cells of a row, never within a number or a
 * word; what goes on begins under its own line.
 * @param width undefined: nobody looks at columns, lines stay as they are
 */
export function fitLines(text: string, width: number | undefined): string {
  if (width === undefined || /^\s*[[{]/.test(text)) return text;
  return withNamesApart(text.split('\n'), width)
    .map((line) => (line.length <= width ? line : brokenLine(line, width)))
    .join('\n');
}

/** Rows of numbers that are too wide: the name at their head gets a line of its own, and the columns stay columns. */
function withNamesApart(lines: readonly string[], width: number): string[] {
  const fitted: string[] = [];
  for (let from = 0; from < lines.length; ) {
    const { length } = lines[from]!;
    let to = from + 1;
    while (to < lines.length && lines[to]!.length === length) to += 1;
    const block = lines.slice(from, to);
    const isTable =
      length > width && block.length > 1 && /^ {4,}/.test(block[0]!) && block.every((line) => / {2,}\S/.test(line));
    fitted.push(...(isTable ? namesApart(block) : block));
    from = to;
  }
  return fitted;
}

/** @param block head and rows of a table, all equally long; the head has no name */
function namesApart(block: readonly string[]): string[] {
  const nameOf = (line: string): string => /^ *\S+(?: \S+)*/.exec(line)?.[0] ?? '';
  const end = Math.max(...block.slice(1).map((line) => nameOf(line).length));
  return block.flatMap((line, i) => (i === 0 ? [] : [nameOf(line)]).concat(`  ${line.slice(end)}`));
}

function brokenLine(line: string, width: number): string {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const rest = line.slice(indent.length);
  // Cells stand two blanks or more apart; a cell is kept whole as long as it fits.
  const isRow = / {2,}/.test(rest);
  const pieces = isRow ? rest.split(/ {2,}/) : wordsOf(rest);
  const hanging = `${indent}${isRow ? '    ' : '  '}`;
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? `${indent}${piece}` : `${last}${isRow ? '  ' : ' '}${piece}`;
    if (last === undefined || longer.length <= width) lines.splice(-1, 1, longer);
    else lines.push(`${hanging}${piece}`);
  }
  return lines.flatMap((one) => (isRow && one.length > width ? brokenLine(one, width) : [one])).join('\n');
}

/** A number stays with its sign of percent, a name with the number that it equals. */
function wordsOf(text: string): string[] {
  return text.split(/ (?!%|=|<|of \d)(?<![=<] )(?<!\bof )/);
}

/** Columns of what is written to; of a person's own variable where there is no terminal. */
export function columnsOf(stream: NodeJS.WriteStream): number | undefined {
  const asked = Number(process.env.COLUMNS);
  return stream.columns ?? (Number.isInteger(asked) && asked >= 20 ? asked : undefined);
}
