import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { program } from '../src/cli/program.ts';
import { commandTable } from '../src/cli/shell/commandTable.ts';
import { manPage } from '../src/cli/shell/manPage.ts';
import { methodReference, placementRegistry } from '../src/placement/index.ts';
import { codes, flags } from '../src/problems/index.ts';
import { inOptions } from '../src/problems/tools.ts';
import { sheetJsonSchema, studyJsonSchema } from '../src/study/tools.ts';
import { jsonText } from '../src/tables/index.ts';
import { templateJsonSchema } from '../src/template/tools.ts';
import { studyPage } from './studyPage.ts';

// The reference pages and JSON Schemas, made from the registries: npm run reference writes them, a test compares them.

/** Path in the repository -> content. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['docs/methods.md', methodsPage()],
    ['docs/problems.md', problemsPage()],
    ['man/cytopair.1', manPage(commandTable(program(() => {}, '')))],
    ['docs/flags.md', flagsPage()],
    ['docs/study.md', studyPage()],
    ['schema/template.schema.json', jsonText(templateJsonSchema(placementRegistry))],
    ['schema/study.schema.json', jsonText(studyJsonSchema())],
    ['schema/sheet.schema.json', jsonText(sheetJsonSchema())],
  ]);
}

/** Writes every page below a folder. */
export function writeReference(folder: string): void {
  for (const [path, content] of referencePages()) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

function methodsPage(): string {
  const pages = methodReference().map(({ name, summary, source, settings, flags }) => {
    const lines = [`## ${name}`, '', `${sentence(summary)}. Source: ${source}.`, ''];
    if (settings.length > 0) {
      lines.push('| setting | default | meaning |', '| --- | --- | --- |');
      for (const one of settings) lines.push(`| \`${one.name}\` | ${one.default ?? ''} | ${cell(one.says)} |`);
      lines.push('');
    }
    if (flags.length > 0) {
      lines.push('| flag | meaning |', '| --- | --- |');
      for (const flag of flags) lines.push(`| \`${flag.name}\` | ${cell(flag.says)} |`);
      lines.push('');
    }
    return lines.join('\n');
  });
  const head = `# Gate methods

Made from the registry by \`npm run reference\`. Lengths are in u = arcsinh(x · 262144 / (range · 150)) where nothing else is
said; for u above 1.5, adding 0.3 means a brightness × 1.35.
`;
  return `${[head, ...pages].join('\n').trimEnd()}\n`;
}

function problemsPage(): string {
  const rows = Object.entries(codes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { says, hint }]) => `| \`${code}\` | ${cell(says)} | ${cell(inOptions(hint))} |`);
  const head = `# Problems

Made from the list of codes by \`npm run reference\`. Codes are stable: filter by them. A finding may give a better hint than the
one here, since it knows the place.

| code | says | what to do |
| --- | --- | --- |`;
  return `${[head, ...rows].join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function flagsPage(): string {
  const rows = (level: string) =>
    Object.entries(flags)
      .filter(([, entry]) => entry.level === level)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { says }]) => `| \`${name}\` | ${cell(says)} |`);
  return `${[
    '# Flags',
    '',
    'Made by `npm run reference`. Flags stand in the column `flags` of frequencies.csv and pairs.csv, in placements.json and in the report. What holds for a tube as a whole stands on every row of the tube.',
    '',
    '## look: it may change an endpoint, somebody should look',
    '',
    'The sensitivity analysis `without_flagged` leaves out pairs with one of these on either tube; flags of another program are taken as such.',
    '',
    '| flag | meaning, and what to do |',
    '| --- | --- |',
    ...rows('look'),
    '',
    '## note: usual, the number stands',
    '',
    '| flag | meaning |',
    '| --- | --- |',
    ...rows('note'),
  ].join('\n')}\n`;
}
