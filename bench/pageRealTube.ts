import { type BcellTube, steps } from './bcellTube.ts';
import { isMet, table } from './tables.ts';

/** What the numpy prototype of this recipe found in the same tube, read from its report. */
const prototype = {
  b: 3121,
  memory: 30.9,
  core: '2.85, 1.18',
  direction: '.64, .77',
  sigma: '.57',
  tip: '4.38',
  reference: 12.3,
  plasmablast: 0.7,
  oblique: [17.6, 14.6, 11.3, 9.0, 7.0, 5.5, 4.6, 3.8, 2.8, 2.2, 1.9, 1.4],
  rectangle: [12.1, 9.5, 7.6, 6.2, 5.0, 4.2, 3.5, 2.8, 2.1, 1.9, 1.3, 1.1],
};

/** The real B-cell tube beside what was found in it before. */
export function realTube(tube: BcellTube | undefined): string {
  const head = '## 6 A real B-cell tube\n';
  if (!tube) return `${head}\nNot measured: set CYTOPAIR_TRUTH to the folder of real data.\n`;
  const { origin, direction, sigma, tip } = tube.alignment.fit;
  const pair = (value: unknown) => (Array.isArray(value) ? value.map((one) => Number(one).toFixed(2)).join(', ') : '–');
  const percent = (name: string) => tube.percent.get(name) ?? Number.NaN;
  const memory = percent('Unswitched') + percent('Switched');
  const inRange = (value: number, low: number, high: number) => isMet(value >= low && value <= high);
  const rows = [
    [
      'B cells',
      '3,080–3,200 (by hand 3,146)',
      String(tube.bCount),
      String(prototype.b),
      inRange(tube.bCount, 3080, 3200),
    ],
    ['CD27+, % of B', '29–36', memory.toFixed(1), String(prototype.memory), inRange(memory, 29, 36)],
    [
      'memory-regulatory by reference',
      '10–14',
      tube.memoryByReference.toFixed(1),
      String(prototype.reference),
      inRange(tube.memoryByReference, 10, 14),
    ],
    [
      'plasmablasts',
      '.3–1.2',
      percent('Plasmablast').toFixed(1),
      String(prototype.plasmablast),
      inRange(percent('Plasmablast'), 0.3, 1.2),
    ],
    [
      'IgD without a valley',
      'flagged',
      tube.flags.map((flag) => `\`${flag}\``).join(', '),
      'flagged',
      isMet(tube.flags.includes('second_not_separable')),
    ],
    ['core (CD38, CD24), u', '', pair(origin), prototype.core, ''],
    ['direction', '', pair(direction), prototype.direction, ''],
    ['width across, u', '', Number(sigma).toFixed(2), prototype.sigma, ''],
    ['tip, u along the ridge', '', Number(tip).toFixed(2), prototype.tip, ''],
  ];
  const curve = (name: string, ours: readonly number[], theirs: readonly number[]) => [
    [`${name}, here`, ...ours.map((value) => value.toFixed(1))],
    [`${name}, prototype`, ...theirs.map((value) => value.toFixed(1))],
  ];
  return `${head}
One tube is its own pool (\`small_pool\`); nothing was tuned to it but what [decisions/ridge](decisions/ridge.md) names. Ranges: what gating by eye allows.

${table(['', 'range', 'here', 'prototype', 'met'], rows)}
CD24hiCD38hi, % of B, over the border k (**.5** is the default):

${table(
  ['k', ...steps.map((k) => (k === 0.5 ? '**.5**' : k.toFixed(2).slice(1)))],
  [
    ...curve('oblique', tube.curves.oblique, prototype.oblique),
    ...curve('rectangle', tube.curves.rectangle, prototype.rectangle),
  ],
)}`;
}
