import { type Problem, problem } from '../problems/index.ts';
import type { Template } from './template.ts';

type Needs = ReadonlyMap<string, readonly string[]>;

/**
 * A population needs its parent, the populations that its gate names, and what its alignment rests on; nothing may need
 * itself. Each circle is told once, at the first gate of the tree that is in it.
 */
export function checkCircles(template: Pick<Template, 'populations' | 'alignments'>): Problem[] {
  const needs: Needs = new Map(
    template.populations.map(({ path, parent, gate }) => {
      const alignment = template.alignments.find((one) => one.name === gate.align);
      const named = [parent, ...Object.values(gate.references), ...(alignment ? [alignment.parent] : [])];
      return [path, named.filter((other) => other !== 'root')];
    }),
  );
  const told = new Set<string>();
  return template.populations.flatMap(({ path, gate }) => {
    if (told.has(path)) return [];
    const circle = circleFrom(path, needs);
    if (circle === undefined) return [];
    for (const member of circle) told.add(member);
    const message = `this gate needs itself: ${[...circle, path].map((name) => `"${name}"`).join(' -> ')}`;
    return [problem('error', 'template.circular-reference', message, gate.where)];
  });
}

/** The shortest way from a population back to itself. */
function circleFrom(start: string, needs: Needs): string[] | undefined {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of needs.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}
