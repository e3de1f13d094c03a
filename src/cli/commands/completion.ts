import { Argument, Command } from 'commander';
import type { SetExit } from '../setExit.ts';
import { printResult } from '../terminal.ts';

export function completionCommand(setExit: SetExit): Command {
  return new Command('completion')
    .summary('a script that teaches a shell these commands')
    .description(
      'Prints a completion script: commands, options and their choices. For bash put eval "$(cytopair completion bash)" into ' +
        '~/.bashrc; for zsh save it as _cytopair in a folder of $fpath; for fish as ~/.config/fish/completions/cytopair.fish.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nExample:\n  cytopair completion bash > cytopair.bash')
    .action(async (shell: 'bash' | 'zsh' | 'fish', _own: unknown, command: Command) => {
      const { completion } = await import('../shell/completion.ts');
      const { commandTable } = await import('../shell/commandTable.ts');
      await printResult(completion(shell, commandTable(command.parent ?? command)), 'as it is');
      setExit(0);
    });
}
