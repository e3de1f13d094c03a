import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../src/template/index.ts';
import { MEMORY_REG, TRANSITIONAL } from './onRecord.ts';
import { type SteadyKind, type SteadyPart, steadyParts } from './steadyParts.ts';
import { isMet, table } from './tables.ts';
import { wholeTube } from './wholeTube.ts';

const tubes = [
  { file: 'bcell_pbmc_nhlbi_half.fcs', name: 'NHLBI half' },
  { file: 'bcell_pbmc_biir.fcs', name: 'BIIR' },
] as const;
const kinds: readonly SteadyKind[] = ['null', 'shift', 'effect'];
const seeds = Array.from({ length: 10 }, (_, i) => i + 1);
/** Most unrest on the logarithm, least share of a true fold that is shown, and how far a null fold may lie from 1. */
const BARS = { sd: 0.04, sdOfOther: 0.07, shown: 0.96, off: 0.02 } as const;
/** A part is off where its share lies by more than this factor from its study's median. */
const OFF = Math.log(1.2);

/** How much a gate moves between random thirds of one tube, of which every one holds the same blood. */
export interface Steadiness {
  /** Of the 16 parts: standard deviation of log (share ÷ still gate's share of the same cells). */
  readonly sd: number;
  readonly off: number;
  /** Log of the fold shown over the still gate's. */
  readonly logFold: number;
}

export function steadinessOf(parts: readonly SteadyPart[]): Steadiness {
  const logs = parts.map(({ count, bCount, stillCount, stillBCount }) =>
    Math.log(((count + 0.5) / (bCount + 1)) * ((stillBCount + 1) / (stillCount + 0.5))),
  );
  const middle = [...logs].sort((a, b) => a - b)[Math.floor(logs.length / 2)] ?? 0;
  const folds = parts.map(({ visit }, i) => (visit === 'M1' ? logs[i]! : -logs[i]!));
  const mean = meanOf(logs);
  return {
    sd: Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (logs.length - 1)),
    off: logs.filter((one) => Math.abs(one - middle) > OFF).length,
    logFold: (2 * folds.reduce((sum, one) => sum + one, 0)) / folds.length,
  };
}

/** The table of steadiness on both real tubes; says so where they are not there. */
export function steadyTable(template: Template, truthRoot: string | undefined): string {
  const head = '## 8 Steadiness: random thirds of one real tube as a study\n';
  const paths = tubes.map(({ file }) => join(truthRoot ?? '', 'bcell', file));
  if (truthRoot === undefined || !paths.every(existsSync))
    return `${head}\nNot measured: set CYTOPAIR_TRUTH to the folder of real data.\n`;
  const rows = tubes.flatMap(({ name }, t) => {
    const whole = wholeTube(paths[t]!, template);
    return kinds.flatMap((kind) => {
      const studies = seeds.map((seed) =>
        steadyParts(whole, template, { seed, kind, populations: [TRANSITIONAL, MEMORY_REG] }),
      );
      return [TRANSITIONAL, MEMORY_REG].map((population) => {
        const found = studies.map((study) => steadinessOf(study.get(population)!));
        return steadyRow({ tube: name, kind, population, found });
      });
    });
  });
  return `${head}
Eight "patients" at two visits, each tube a random third of the events of one real tube, with gains of its own on every channel (patient sd .08, tube .05 on the logarithm). *Still gate*: the gate of
the whole tube on the same cells. *sd*: of log (share ÷ still gate's share) over the 16 tubes, mean of ten seeds (worst); *off*: tubes more than 20 % from their study's median; *fold*: shown ÷ still
gate's, mean (range). *shift*: all of M1 stained CD24 × e^.3, CD38 × e^−.3; *effect*: half of the transitional cells of BL taken away.

${table(['tube', 'kind', 'population', 'sd', 'off, of 160', 'fold', 'met'], rows)}`;
}

interface SteadyRow {
  readonly tube: string;
  readonly kind: SteadyKind;
  readonly population: string;
  readonly found: readonly Steadiness[];
}

function steadyRow({ tube, kind, population, found }: SteadyRow): string[] {
  const sd = meanOf(found.map((one) => one.sd));
  const off = found.reduce((sum, one) => sum + one.off, 0);
  const folds = found.map((one) => Math.exp(one.logFold));
  const fold = Math.exp(meanOf(found.map((one) => one.logFold)));
  const worst = Math.max(...found.map((one) => one.sd));
  const isOther = tube === 'BIIR' && population === MEMORY_REG;
  const isSteady = sd <= (isOther ? BARS.sdOfOther : BARS.sd) && off === 0;
  const isShown =
    kind === 'effect' && population === TRANSITIONAL ? fold >= BARS.shown : Math.abs(fold - 1) <= BARS.off;
  const counts = kind === 'null' ? isSteady && isShown : isShown;
  return [
    ...[tube, kind, population === TRANSITIONAL ? 'transitional' : 'memory-regulatory'],
    ...[`${sd.toFixed(3)} (${worst.toFixed(3)})`, String(off)],
    `${fold.toFixed(3)} (${Math.min(...folds).toFixed(2)}–${Math.max(...folds).toFixed(2)})`,
    isMet(counts),
  ];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
