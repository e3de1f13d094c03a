import { counted } from '../problems/index.ts';
import type { Agreement } from '../statistics/index.ts';
import { drawing } from './drawing.ts';
import { lastName, measureText } from './populationName.ts';
import { tidySvg } from './tidySvg.ts';

/** Both counts of the tubes of one population, and how they agree. */
export interface AgreementPicture {
  readonly population: string;
  readonly measure: string;
  readonly pairs: readonly { readonly subject: string; readonly manual: number; readonly auto: number }[];
  readonly agreement: Agreement;
}

const size = { width: 380, height: 300, marginTop: 26, marginBottom: 38, marginLeft: 52, marginRight: 16 } as const;
const point = '#0e8a99';
const quiet = '#7d8590';

/** Two figures a comparison: differences with bias and limits, and one count against the other with the fitted line. */
export function agreementFigures(
  pictures: readonly AgreementPicture[],
): readonly { readonly fileName: string; readonly svg: string }[] {
  return pictures.flatMap((picture, i) => {
    const name = `${lastName(picture.population)}-${picture.measure}`.replace(/[^A-Za-z0-9._+-]/g, '_');
    const number = String(i + 1).padStart(2, '0');
    return [
      { fileName: `agree-${number}-${name}-differences.svg`, svg: differences(picture) },
      { fileName: `agree-${number}-${name}-counts.svg`, svg: counts(picture) },
    ];
  });
}

/** Difference against the mean of both (Bland & Altman 1986); bands are the intervals of bias and limits. */
function differences({ population, measure, pairs, agreement }: AgreementPicture): string {
  const { Plot, parseHTML } = drawing();
  const { bias, limits, biasInterval, lowerInterval, upperInterval } = agreement.plain;
  const dots = pairs.map(({ subject, auto, manual }) => ({ subject, x: (auto + manual) / 2, y: auto - manual }));
  const bands = [biasInterval, lowerInterval, upperInterval].flatMap((band) => band ?? []);
  const lines = [
    { y: bias, dash: 'none' },
    ...(limits ? [limits.low, limits.high].map((y) => ({ y, dash: '5 3' })) : []),
  ];
  const reach = Math.max(...[...dots, ...lines].map(({ y }) => Math.abs(y)), ...bands.flatMap((b) => [-b.low, b.high]));
  const svg = Plot.plot({
    ...size,
    document: parseHTML('<!doctype html><html><body></body></html>').document as never,
    className: 'agreement',
    x: { label: `mean of both, ${measureText(measure)}`, labelArrow: 'none', nice: true },
    y: {
      domain: [-1.05 * reach || -1, 1.05 * reach || 1],
      grid: true,
      label: 'auto − manual',
      labelArrow: 'none',
      ticks: 6,
    },
    marks: [
      ...bands.map(({ low, high }) => Plot.rectY([{}], { y1: low, y2: high, fill: quiet, fillOpacity: 0.15 })),
      Plot.ruleY([0], { stroke: quiet, strokeWidth: 0.7 }),
      ...lines.map(({ y, dash }) => Plot.ruleY([y], { stroke: quiet, strokeWidth: 1.5, strokeDasharray: dash })),
      Plot.dot(dots, { x: 'x', y: 'y', r: 2.6, fill: point, title: 'subject' }),
    ],
  });
  return tidySvg(
    svg,
    `${lastName(population)}, ${measureText(measure)}: difference against the mean of ${tubesInWords(pairs.length)}`,
  );
}

/** One count against the other, with the line of equal counts and that of Passing and Bablok. */
function counts({ population, measure, pairs, agreement }: AgreementPicture): string {
  const { Plot, parseHTML } = drawing();
  const values = pairs.flatMap(({ auto, manual }) => [auto, manual]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = 0.04 * (high - low || high || 1);
  const domain: [number, number] = [Math.max(0, low - room), high + room];
  const line = agreement.passingBablok;
  const fitted = line ? domain.map((x) => ({ x, y: line.intercept + line.slope * x })) : [];
  const svg = Plot.plot({
    ...size,
    document: parseHTML('<!doctype html><html><body></body></html>').document as never,
    className: 'agreement',
    x: { domain, label: `manual, ${measureText(measure)}`, labelArrow: 'none', ticks: 6 },
    y: { domain, grid: true, label: `auto, ${measureText(measure)}`, labelArrow: 'none', ticks: 6 },
    marks: [
      Plot.line(
        domain.map((x) => ({ x, y: x })),
        { x: 'x', y: 'y', stroke: quiet, strokeDasharray: '5 3' },
      ),
      Plot.line(fitted, { x: 'x', y: 'y', stroke: quiet, strokeWidth: 1.5, clip: true }),
      Plot.dot(pairs, { x: 'manual', y: 'auto', r: 2.6, fill: point, title: 'subject' }),
    ],
  });
  return tidySvg(
    svg,
    `${lastName(population)}, ${measureText(measure)}: auto against manual of ${tubesInWords(pairs.length)}`,
  );
}

function tubesInWords(tubeCount: number): string {
  return counted(tubeCount, 'tube');
}
