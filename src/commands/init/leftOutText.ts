import { counted } from '../../problems/index.ts';
import type { LeftOut } from './fcsFolder.ts';

// So many names show which files are meant; the rest stand in study.yaml.
const mostNames = 3;

/** One line a reason: how many files, why, and the first names. */
export function leftOutText(leftOut: readonly LeftOut[], fileCount: number): string {
  if (leftOut.length === 0) return '';
  const lines = [...byReason(leftOut)].map(([reason, names]) => {
    const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : '';
    return `  ${String(names.length).padStart(4)}  ${reason}\n        ${names.slice(0, mostNames).join(', ')}${more}\n`;
  });
  return `left out ${leftOut.length} of ${counted(fileCount, 'file')}:\n${lines.join('')}`;
}

/** Reason -> names, the commonest first. */
export function byReason(leftOut: readonly LeftOut[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, reason } of leftOut) names.set(reason, [...(names.get(reason) ?? []), name]);
  return new Map([...names].sort((a, b) => b[1].length - a[1].length));
}
