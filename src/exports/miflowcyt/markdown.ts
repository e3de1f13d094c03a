/** What a person has to write: no input of the run says it. */
export const OPEN = 'to be completed';

/** A keyword that the file lacks. */
export const NOT_RECORDED = 'not recorded in the file';

/** A numbered item of the standard with what is known. */
export function item(number: string, name: string, content: string): string {
  return `**${number} ${name}.** ${content}`;
}

/** A table; a cell cannot hold the bar that parts cells. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/[\r\n]+/g, ' ')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
