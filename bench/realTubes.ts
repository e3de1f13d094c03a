import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { tubeBook } from '../src/gating/index.ts';
import { placeStudy } from '../src/placement/tools.ts';
import { isLook, printProblem } from '../src/problems/index.ts';
import type { Template } from '../src/template/index.ts';
import { runTubeTask } from '../src/tube/index.ts';
import { decidedTube } from './decidedTube.ts';
import { isMet, table } from './tables.ts';

/** One figure that a shipped template must reach on a real tube. */
interface RealBar {
  readonly population: string;
  /** A count within a share of another program's, F1 against labels, or a share of B between two numbers. */
  readonly bar:
    | { readonly kind: 'count'; readonly of: string; readonly within: number }
    | { readonly kind: 'f1'; readonly labels: readonly string[]; readonly atLeast: number }
    | { readonly kind: 'share'; readonly between: readonly [low: number, high: number] }
    | { readonly kind: 'number'; readonly between: readonly [low: number, high: number] };
}

interface RealTube {
  readonly title: string;
  readonly template: string;
  readonly file: readonly string[];
  /** Counts of another program, or one label an event. */
  readonly truth?: string;
  readonly bars: readonly RealBar[];
}

const f1 = (population: string, atLeast: number, ...labels: string[]): RealBar => ({
  population,
  bar: { kind: 'f1', labels, atLeast },
});
const count = (population: string, of: string, within: number): RealBar => ({
  population,
  bar: { kind: 'count', of, within },
});
const share = (population: string, low: number, high: number): RealBar => ({
  population,
  bar: { kind: 'share', between: [low, high] },
});

const tubes: readonly RealTube[] = [
  {
    title: 'whole blood of donor D1, labels',
    template: 'lineages',
    file: ['blood', 'blood_D1.fcs'],
    truth: 'blood_D1_labels.csv.gz',
    bars: [
      f1('T', 0.99, 'CD4+ T cells', 'CD8+ T cells'),
      f1('CD4', 0.98, 'CD4+ T cells'),
      f1('CD8', 0.98, 'CD8+ T cells'),
      f1('B', 0.95, 'B cells'),
      f1('NK', 0.93, 'NK'),
      f1('Monocytes', 0.95, 'monocytes'),
    ],
  },
  {
    title: 'DC, monocyte and NK tube, openCyto',
    template: 'monocytes',
    file: ['dc_mono_nk', 'dc_mono_nk_1.fcs'],
    truth: 'dc_mono_nk_1_counts.csv',
    bars: [count('CD14+', 'CD14+', 0.1)],
  },
  {
    title: 'the same tube',
    template: 'nk',
    file: ['dc_mono_nk', 'dc_mono_nk_1.fcs'],
    truth: 'dc_mono_nk_1_counts.csv',
    bars: [count('NK', 'CD56+', 0.1)],
  },
  {
    title: 'half of the NHLBI B-cell tube, openCyto and hand',
    template: 'b-regulatory',
    file: ['bcell', 'bcell_pbmc_nhlbi_half.fcs'],
    truth: 'bcell_pbmc_nhlbi_half_counts.csv',
    bars: [
      count('B', 'CD19andCD20', 0.05),
      share('Naive', 0.8, 0.88),
      share('DoubleNegative', 0.04, 0.1),
      share('Unswitched', 0.03, 0.09),
      share('Switched', 0.045, 0.075),
      share('CD24hiCD38hi', 0.072, 0.135),
    ],
  },
  {
    title: 'BIIR B-cell tube, by hand',
    template: 'b-regulatory',
    file: ['bcell', 'bcell_pbmc_biir.fcs'],
    bars: [
      { population: 'B', bar: { kind: 'number', between: [3000, 3250] } },
      share('CD24hiCD38hi', 0.045, 0.065),
      share('CD27+CD38lo-CD24hi', 0.09, 0.14),
      share('Plasmablast', 0.003, 0.012),
    ],
  },
];

/**
 * Shipped templates as they are, on every real tube with truth of others.
 * @param templateOf a shipped template by its name
 */
export function realTubes(templateOf: (name: string) => Template, truthRoot: string | undefined): string {
  const head = '## 7 Real cells: shipped templates as they are\n';
  if (truthRoot === undefined || !existsSync(join(truthRoot, 'blood'))) {
    return `${head}\nNot measured: set CYTOPAIR_TRUTH to the folder of real data.\n`;
  }
  const rows = tubes.flatMap((tube) => {
    const gated = gateReal(templateOf(tube.template), join(truthRoot, ...tube.file));
    return tube.bars.map((one, i) => {
      const { bar, here, isMetHere } = judged(one, gated, tube, truthRoot);
      const looks = gated.flags(one.population).filter(isLook);
      const asked = looks.map((flag) => `\`${flag}\``).join(' ');
      return [
        i === 0 ? tube.title : '',
        i === 0 ? tube.template : '',
        one.population,
        bar,
        here,
        asked,
        isMet(isMetHere),
      ];
    });
  });
  return `${head}
Nothing here was written for a tube; each is its own pool. Shares are of B. *Look*: flags of that level on the gate. Labels and counts are those of other people, published with the data; where methods disagree the range spans
them. IgD of the BIIR tube did not stain (\`like_negative\`), so that its corners are not judged. Neutrophils of the first tube and the other populations of the second: \`tests/agreement\`.

${table(['tube, truth', 'shipped', 'population', 'bar', 'here', 'look', 'met'], rows)}`;
}

interface GatedReal {
  /** 0 or 1 an event, in file order. */
  members(name: string): Uint8Array;
  count(name: string): number;
  flags(name: string): readonly string[];
}

function judged({ population, bar }: RealBar, gated: GatedReal, { truth = '' }: RealTube, truthRoot: string) {
  const own = gated.count(population);
  switch (bar.kind) {
    case 'f1': {
      const labels = linesOf(join(truthRoot, 'truth', truth)).slice(1);
      const found = f1Of(gated.members(population), (event) => bar.labels.includes(labels[event] ?? ''));
      return { bar: `F1 ≥ ${bar.atLeast}`, here: found.toFixed(3), isMetHere: found >= bar.atLeast };
    }
    case 'count': {
      const theirs = storedCount(join(truthRoot, 'truth', truth), bar.of);
      const isNear = Math.abs(own / theirs - 1) <= bar.within;
      return { bar: `${theirs} ± ${100 * bar.within} %`, here: String(own), isMetHere: isNear };
    }
    case 'number':
    case 'share': {
      const [low, high] = bar.between;
      const value = bar.kind === 'share' ? own / gated.count('B') : own;
      const here = bar.kind === 'share' ? value.toFixed(3) : String(value);
      return { bar: `${low}–${high}`, here, isMetHere: value >= low && value <= high };
    }
    default:
      return bar satisfies never;
  }
}

function gateReal(template: Template, path: string): GatedReal {
  const file = { sampleId: 'tube', path, displayPath: 'tube.fcs', reading: {} };
  const { decision } = decidedTube(file, template);
  const surveyed = runTubeTask({ kind: 'survey', tube: file, template, decision });
  if (surveyed.status !== 'ok' || surveyed.kind !== 'survey')
    throw new Error(surveyed.problems.map(printProblem).join());
  const tube = { sampleId: 'tube', isInPool: true, role: 'sample', batch: '', subjectKey: 'tube' };
  const { book } = placeStudy(template, '', [surveyed.survey], [tube]);
  const own = tubeBook(book, 'tube');
  const counted = runTubeTask({ kind: 'count', tube: file, template, decision, book: own, membership: true });
  if (counted.status !== 'ok' || counted.kind !== 'count') throw new Error(counted.problems.map(printProblem).join());
  const indexOf = (name: string) => book.gates.findIndex((gate) => gate.population.split('/').at(-1) === name);
  const members = (name: string) => {
    const found = counted.counts.membership?.[indexOf(name)];
    if (!found) throw new Error(`"${name}" has no place in ${path}`);
    return found;
  };
  return {
    members,
    count: (name) => members(name).reduce((sum, one) => sum + one, 0),
    flags: (name) => book.gates[indexOf(name)]?.tubes[0]?.flags ?? [],
  };
}

function storedCount(path: string, name: string): number {
  const rows = readFileSync(path, 'utf8').trim().split('\n');
  const row = rows.map((line) => line.split(',')).find(([population]) => population === name) ?? [];
  // Some tables hold the parent between name and count.
  return Number(row.slice(1).find((cell) => /^\d+$/.test(cell)));
}

function linesOf(path: string): readonly string[] {
  const text = gunzipSync(readFileSync(path)).toString('utf8').trim();
  return text.split('\n').map((line) => line.replaceAll('"', '').trim());
}

function f1Of(ours: Uint8Array, isTrue: (eventIndex: number) => boolean): number {
  const truth = Uint8Array.from(ours, (_, event) => Number(isTrue(event)));
  const sum = (values: Uint8Array) => values.reduce((all, one) => all + one, 0);
  return (2 * sum(ours.map((one, event) => one & truth[event]!))) / (sum(ours) + sum(truth));
}
