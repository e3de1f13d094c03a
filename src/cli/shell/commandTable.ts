import type { Command, Option } from 'commander';

/** A command as shells and the manual see it. */
export interface CommandEntry {
  /** Words behind `cytopair`; empty for the program itself. */
  readonly words: readonly string[];
  readonly summary: string;
  readonly description: string;
  /** `<study.yaml>`, `[name]`, as in the usage line. */
  readonly arguments: readonly string[];
  readonly options: readonly OptionEntry[];
  /** Names of the commands below it, with their summaries. */
  readonly below: readonly { readonly name: string; readonly summary: string }[];
}

export interface OptionEntry {
  /** `--threads`. */
  readonly long: string;
  /** `<n>`; empty for a switch. */
  readonly takes: string;
  readonly says: string;
  readonly choices: readonly string[];
}

/** The whole tree of commands, the program first; what every command takes stands with the program. */
export function commandTable(command: Command, words: readonly string[] = []): readonly CommandEntry[] {
  const entry = {
    words,
    summary: command.summary() || command.description(),
    description: command.description(),
    arguments: command.registeredArguments.map((one) => {
      const name = `${one.name()}${one.variadic ? '...' : ''}`;
      return one.required ? `<${name}>` : `[${name}]`;
    }),
    options: [
      ...command.options.map(optionEntry),
      { long: '--help', takes: '', says: 'explain the command', choices: [] },
    ],
    below: command.commands.map((one) => ({ name: one.name(), summary: one.summary() })),
  };
  return [entry, ...command.commands.flatMap((one) => commandTable(one, [...words, one.name()]))];
}

function optionEntry({ long, flags, description, argChoices }: Option): OptionEntry {
  const [takes = ''] = /[<[].*$/.exec(flags) ?? [];
  return { long: long ?? flags, takes, says: description, choices: argChoices ?? [] };
}
