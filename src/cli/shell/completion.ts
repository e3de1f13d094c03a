import type { CommandEntry, OptionEntry } from './commandTable.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** A script that teaches a shell the words of the program: commands, options, choices; everything else is a file. */
export function completion(shell: Shell, table: readonly CommandEntry[]): string {
  const writers = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
  return writers[shell](table);
}

function wordsFor({ below, options }: CommandEntry, root: CommandEntry | undefined): string {
  const global = root?.options ?? [];
  const long = [...new Set([...options, ...global].map((option) => option.long))];
  return [...below.map(({ name }) => name), ...long].join(' ');
}

/** All options with choices, by name: the same option means the same everywhere. */
function chosen(table: readonly CommandEntry[]): OptionEntry[] {
  const all = table.flatMap(({ options }) => options).filter(({ choices }) => choices.length > 0);
  return all.filter((option, i) => all.findIndex(({ long }) => long === option.long) === i);
}

function bashScript(table: readonly CommandEntry[]): string {
  const [root] = table;
  const cases = table.map((entry) => `    "${entry.words.join(' ')}") words="${wordsFor(entry, root)}" ;;`);
  const choices = chosen(table).map(
    ({ long, choices: own }) => `    ${long}) COMPREPLY=($(compgen -W "${own.join(' ')}" -- "$current")); return ;;`,
  );
  return `# cytopair: completion for bash. Put "eval \\"$(cytopair completion bash)\\"" into ~/.bashrc
_cytopair() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      ${table.flatMap(({ below }) => below.map(({ name }) => name)).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$previous" in
${choices.join('\n')}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _cytopair cytopair
`;
}

function zshScript(table: readonly CommandEntry[]): string {
  const [root] = table;
  const quoted = (text: string): string => text.replace(/'/g, "'\\''").replaceAll(':', '\\:');
  const cases = table.map((entry) => {
    const commands = entry.below.map(({ name, summary }) => `'${name}:${quoted(summary)}'`);
    const options = [...entry.options, ...(entry === root ? [] : (root?.options ?? []))];
    const distinct = options.filter((one, i) => options.findIndex(({ long }) => long === one.long) === i);
    const lines = distinct.map(({ long, says }) => `'${long}:${quoted(says)}'`);
    return `    '${entry.words.join(' ')}') commands=(${commands.join(' ')}); options=(${lines.join(' ')}) ;;`;
  });
  const choices = chosen(table).map(({ long, choices: own }) => `    ${long}) compadd ${own.join(' ')}; return ;;`);
  return `#compdef cytopair
# cytopair: completion for zsh. Save as _cytopair in a folder of $fpath
_cytopair() {
  local path_of_words="" word
  local -a commands options
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      ${table.flatMap(({ below }) => below.map(({ name }) => name)).join('|')}) path_of_words="\${path_of_words:+$path_of_words }$word" ;;
    esac
  done
  case \${words[CURRENT-1]} in
${choices.join('\n')}
  esac
  case $path_of_words in
${cases.join('\n')}
  esac
  (( \${#commands} )) && _describe command commands
  [[ $PREFIX == -* ]] && _describe option options
  _files
}
compdef _cytopair cytopair
`;
}

function fishScript(table: readonly CommandEntry[]): string {
  const [root] = table;
  const quoted = (text: string): string => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
  const optionLine = (condition: string, { long, takes, says, choices }: OptionEntry): string => {
    const values = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takes === '' ? '' : ' -r';
    return `complete -c cytopair${condition} -l ${long.slice(2)}${values} -d ${quoted(says)}`;
  };
  const lines = table.flatMap((entry) => {
    const last = entry.words.at(-1);
    const condition = last === undefined ? ' -n __fish_use_subcommand' : ` -n '__fish_seen_subcommand_from ${last}'`;
    const below = entry.below.map(
      ({ name, summary }) => `complete -c cytopair${condition} -a ${name} -d ${quoted(summary)}`,
    );
    return [...below, ...(entry === root ? [] : entry.options.map((option) => optionLine(condition, option)))];
  });
  const global = (root?.options ?? []).map((option) => optionLine('', option));
  return `# cytopair: completion for fish. Save as ~/.config/fish/completions/cytopair.fish\n${[...global, ...lines].join('\n')}\n`;
}
