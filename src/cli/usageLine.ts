import type { Command } from 'commander';
import { nearestName } from '../problems/index.ts';
import type { UsageFault } from './usageFault.ts';

/**
 * The line that says why words are no command. Commander writes "error: unknown option '--fresch'" and, on a line of its
 * own, what may have been meant.
 */
export function usageLine({ message: text, command }: UsageFault): string {
  const [first = '', ...more] = text.trim().split('\n');
  const meant = more.join(' ').replace(/^\(|\)$/g, '') || mistypedOption(first, command);
  const hint = meant === '' ? `see ${fullName(command)} --help` : meant;
  return `error cli.usage: ${first.replace(/^error: /, '').replace(/\.$/, '')} (${hint})\n`;
}

/** An option that must be there is asked for before unknown ones are named: it may stand there, mistyped. */
function mistypedOption(text: string, command: Command): string {
  const [, missing] = /required option '(--[a-z-]+)/.exec(text) ?? [];
  if (missing === undefined) return '';
  const known = new Set(command.options.map(({ long }) => long));
  const typed = command.args.flatMap((word) => /^--[a-z][a-z-]*/i.exec(word)?.[0] ?? []);
  const near = nearestName(
    missing,
    typed.filter((word) => !known.has(word)),
  );
  return near === undefined ? '' : `Did you mean it by "${near}"?`;
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
