import type { CommandEntry, OptionEntry } from './commandTable.ts';

/** The manual of the program in the language of man(1), from the table of commands. It holds no date, so that it is the same every time. */
export function manPage(table: readonly CommandEntry[]): string {
  const [root, ...commands] = table;
  if (root === undefined) return '';
  const lines = [
    '.TH CYTOPAIR 1 "" "cytopair" "User Commands"',
    '.SH NAME',
    `cytopair \\- ${roff(root.description.replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '.B cytopair',
    '.I command',
    '[options]',
    '.SH OPTIONS OF EVERY COMMAND',
    ...root.options.flatMap(optionLines),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    '0 done, 1 could not finish, 2 invalid command or input, 3 some tubes failed, 130 interrupted.',
    '.SH ENVIRONMENT',
    '.TP\n.B NO_COLOR\nno colour on a terminal',
    '.TP\n.B COLUMNS\nwidth of lines where the output is no terminal',
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines({ words, arguments: given, description, options, below }: CommandEntry): string[] {
  const usage = [...given, ...(below.length > 0 ? ['<command>'] : [])].map(roff).join(' ');
  return [
    `.SS ${roff(`cytopair ${words.join(' ')}`)} ${usage}`.trimEnd(),
    roff(description),
    ...options.flatMap(optionLines),
  ];
}

function optionLines({ long, takes, says, choices }: OptionEntry): string[] {
  const among = choices.length === 0 ? '' : ` (${choices.join(', ')})`;
  return ['.TP', `.B ${roff(`${long}${takes === '' ? '' : ` ${takes}`}`)}`, roff(`${says}${among}`)];
}

/** A dot or an apostrophe at the head of a line would be a command of roff, a plain hyphen a dash. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
