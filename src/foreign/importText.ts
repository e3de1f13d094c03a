import type { Problem } from '../problems/index.ts';
import type { ForeignGating, ForeignSample } from './model.ts';
import { populationPaths } from './tree/populationPaths.ts';

/** import.md: what came along, under which names, and what did not and why. */
export function importText(gating: ForeignGating, problems: readonly Problem[], notes: readonly string[] = []): string {
  const { program, samples, leftOut } = gating;
  const lost = problems.filter(({ code }) => code.startsWith('import.'));
  const lines = [
    '# What came along',
    '',
    `Read as ${program}: ${counted(samples.length, 'sample')}, ${counted(populationCount(samples), 'population')}.`,
    '',
    ...notes.flatMap((note) => [note, '']),
    ...samples.flatMap(sampleLines),
    '# What did not come along',
    '',
    ...(lost.length === 0 && leftOut.length === 0 ? ['Nothing is missing.'] : []),
    ...lost.map((one) => `- ${place(one)}${one.message} (${one.hint})`),
    ...leftOut.map((words) => `- ${words}: not a gate, and not needed to count`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function populationCount(samples: readonly ForeignSample[]): number {
  return samples.reduce((sum, { populations }) => sum + populations.length, 0);
}

function sampleLines({ name, groups, eventCount, matrices, populations }: ForeignSample): readonly string[] {
  const paths = populationPaths(populations);
  const facts = [
    eventCount === null ? '' : `${eventCount} events`,
    groups.length === 0 ? '' : `groups ${groups.join(', ')}`,
    matrices.length === 0 ? '' : `matrix ${matrices.map((one) => one.name).join(', ')}`,
  ].filter((fact) => fact !== '');
  const rows = populations.map(({ id, name: own, gate, isComplement, storedCount }) => {
    const place = paths.get(id);
    const renamed = place !== undefined && place.name !== own ? ` (there: “${own}”)` : '';
    const kind = `${isComplement ? 'outside of ' : ''}${gate.kind}`;
    return `- ${place?.path ?? own}${renamed}: ${kind}${storedCount === null ? '' : `, ${storedCount} counted there`}`;
  });
  const title = name === '' ? 'any file' : name;
  return [`## ${title}`, '', ...(facts.length === 0 ? [] : [`${facts.join('; ')}.`, '']), ...rows, ''];
}

function place({ where }: Problem): string {
  return where.line === undefined ? '' : `line ${where.line}: `;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
