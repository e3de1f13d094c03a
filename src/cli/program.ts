import { Command } from 'commander';
import { agreeCommand } from './commands/agree.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { compensateCommand } from './commands/compensate.ts';
import { completionCommand } from './commands/completion.ts';
import { deidentifyCommand } from './commands/deidentify.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { exportGatesCommand } from './commands/exportGates.ts';
import { gateCommand } from './commands/gate.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { inspectCommand } from './commands/inspect.ts';
import { methodsCommand } from './commands/methods.ts';
import { overridesCommand } from './commands/overrides.ts';
import { planCommand } from './commands/plan.ts';
import { reviewCommand } from './commands/review.ts';
import { runCommand } from './commands/run.ts';
import { templateCommand } from './commands/template.ts';
import { testCommand } from './commands/test.ts';
import type { SetExit } from './setExit.ts';
import { UsageFault } from './usageFault.ts';

const examples = `
Examples:
  cytopair init fcs/                       draft sheet.csv and study.yaml from the files of a folder
  cytopair check study.yaml                every mistake at once, before anything runs
  cytopair run study.yaml --threads 2      from the files to the comparisons

Exit codes: 0 done, 1 could not finish, 2 invalid command or input, 3 some tubes failed, 130 interrupted.`;

/**
 * The command line; every command loads its own code when it is called, so that help is quick.
 * @param version of the package; empty where nobody asked for it
 */
export function program(setExit: SetExit, version: string): Command {
  const root = new Command('cytopair')
    .description('From flow-cytometry tubes to paired comparisons: gating templates in parallel, exact statistics.')
    .version(version, '--version', 'print the version')
    .option('--quiet', 'no progress on stderr')
    .option('--verbose', 'details of faults of the program')
    .option('--show-identifiers', 'print keyword values that may name a person')
    .helpOption('--help', 'explain the command')
    .helpCommand(false)
    .addHelpText('after', examples)
    // What tells a fault is there before the work that may end in it: without free file handles nothing can be loaded.
    .hook('preAction', async () => {
      await import('./faults.ts');
    })
    .action(async (_options, command: Command) => {
      const [name] = command.args;
      if (name === undefined) return command.error('a command is needed');
      const names = command.commands.map((one) => one.name());
      const { nearestName } = await import('../problems/index.ts');
      const near = nearestName(name, names);
      // As commander writes it: on a line of its own.
      command.error(`unknown command '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`);
    })
    .allowExcessArguments(true);
  const commands = [runCommand, gateCommand, analyzeCommand, checkCommand, inspectCommand, methodsCommand, initCommand];
  for (const make of [
    ...commands,
    planCommand,
    reviewCommand,
    compareCommand,
    agreeCommand,
    exportCommand,
    deidentifyCommand,
    templateCommand,
    completionCommand,
    importCommand,
    exportGatesCommand,
    overridesCommand,
    compensateCommand,
    testCommand,
    diffCommand,
  ])
    root.addCommand(make(setExit));
  for (const command of everyCommand(root)) {
    let told: string | undefined;
    command
      .helpOption('--help', 'explain the command')
      .helpCommand(false)
      .exitOverride((fault) => {
        throw told === undefined ? fault : new UsageFault(told, command);
      })
      .configureOutput({
        outputError: (text) => {
          told = text;
        },
      });
  }
  return root;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
