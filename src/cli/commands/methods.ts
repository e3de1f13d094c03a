import { Command } from 'commander';
import type { MethodPage } from '../../placement/index.ts';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printProblems, printResult } from '../terminal.ts';

interface MethodsOptions extends GlobalOptions {
  readonly json?: true;
}

export function methodsCommand(setExit: SetExit): Command {
  return new Command('methods')
    .summary('the gate methods that a template may name')
    .description('Lists the gate methods; with a name, its settings, flags and source.')
    .argument('[name]', 'a method')
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair methods valley')
    .action(async (name: string | undefined, { json }: MethodsOptions) => {
      const { methodReference } = await import('../../placement/index.ts');
      const { alignedTable } = await import('../../tables/index.ts');
      const all = methodReference();
      const pages = name === undefined ? all : methodReference(name);
      if (name !== undefined && pages.length === 0) {
        const { didYouMean, nearestName, problem } = await import('../../problems/index.ts');
        const names = all.map((page) => page.name);
        const hint = didYouMean(nearestName(name, names)) ?? `known: ${names.join(', ')}`;
        await printProblems([problem('error', 'cli.unknown-method', `there is no method "${name}"`, {}, hint)]);
        return setExit(2);
      }
      if (json) await printResult(`${JSON.stringify(pages, null, 2)}\n`);
      else if (name === undefined) await printResult(alignedTable(pages.map((page) => [page.name, page.summary])));
      else await printResult(pages.map((page) => pageText(page, alignedTable)).join('\n'));
    });
}

function pageText(
  { name, summary, source, settings, flags }: MethodPage,
  alignedTable: (rows: readonly (readonly string[])[]) => string,
): string {
  const rows = settings.map((one) => [one.name, one.default === null ? 'required or empty' : one.default, one.says]);
  const parts = [`${name}: ${summary}\nsource: ${source}\n`];
  if (rows.length > 0) parts.push(alignedTable([['setting', 'default', 'meaning'], ...rows]));
  if (flags.length > 0) parts.push(alignedTable([['flag', 'meaning'], ...flags.map((one) => [one.name, one.says])]));
  return parts.join('\n');
}
