import { problem } from '../problems/index.ts';
import type { ComparedTube, Finding } from './comparison.ts';

/** Outliers may lie a little above the top of an axis, never half as far again; nor may one in a hundred. */
const BEYOND = 1.5;
const BEYOND_Q99 = 1.05;
/** Not even unstained cells keep every channel of every tube in the lowest quarter of an axis. */
const FAR_BELOW = 0.25;

/** Where numbers cannot be on the scale that the author names: another number of channels, another unit, plainly linear. */
export function statedScaleProblems(tubes: readonly ComparedTube[]): Finding[] {
  const stated = tubes.filter(({ look }) => Object.keys(look.values.tops).length > 0);
  const panels = [...new Set(stated.map((tube) => tube.panel))];
  const low = panels.flatMap((panel) => belowScale(stated.filter((tube) => tube.panel === panel)));
  return [...stated.flatMap(beyondScale), ...low];
}

function beyondScale({ sampleId, look }: ComparedTube): Finding[] {
  const { rule, shapes, tops } = look.values;
  const over = shapes.filter(({ name, q99, max }) => {
    const top = tops[name] ?? null;
    return top !== null && (q99 > BEYOND_Q99 * top || max > BEYOND * top);
  });
  if (over.length === 0 || rule === 'detect' || rule.kind === 'linear') return [];
  const found = over.map(({ name, max }) => `"${name}" (${short(max)}, the scale ends at ${short(tops[name] ?? 0)})`);
  const message = `values lie beyond the scale "${rule.word}" that is named for them: ${found.join(', ')}`;
  const where = { file: look.displayPath, sampleId };
  return [
    {
      sampleIds: [sampleId],
      words: 'values beyond the scale that is named',
      problem: problem('error', 'values.beyond-scale', message, where),
      isRefused: true,
    },
  ];
}

function belowScale(tubes: readonly ComparedTube[]): Finding[] {
  const reached = tubes.flatMap(({ look: { values } }) =>
    values.shapes.flatMap(({ name, max }) => {
      const top = values.tops[name] ?? null;
      return top === null || top <= 0 ? [] : [{ max, top }];
    }),
  );
  if (reached.length === 0 || reached.some(({ max, top }) => max > FAR_BELOW * top)) return [];
  const highest = Math.max(...reached.map((one) => one.max));
  const top = Math.max(...reached.map((one) => one.top));
  const message = `no value of any tube is above ${short(highest)}, and the scale that is named ends at ${short(top)}`;
  const sampleIds = tubes.map((tube) => tube.sampleId);
  return [
    {
      sampleIds,
      words: 'another unit than the scale that is named',
      problem: problem('error', 'values.beyond-scale', message, {}),
      isRefused: true,
    },
  ];
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
