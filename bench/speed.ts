import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'd3-array';
import { z } from 'zod';
import { pathOf, pinnedGates } from './speed/pinnedGates.ts';
import { pinnedWorkload, type Workload } from './speed/pinnedWorkload.ts';

// CPU seconds, waiting and memory of whole commands, by medians; with --peers PYTHON also FlowKit, in turn with ours, on the
// same files and gates, and whether all counts are equal; with --more also whole studies, placed gates and one large tube. Ratios hold within one run only: machines differ, and are busy.

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(tmpdir(), 'cytopair-speed') },
    files: { type: 'string', default: '8' },
    events: { type: 'string', default: '250000' },
    repeats: { type: 'string', default: '3' },
    peers: { type: 'boolean', default: false },
    more: { type: 'boolean', default: false },
    python: { type: 'string', default: 'python3' },
  },
});
const here = import.meta.dirname;
const cli = join(here, '../src/cli/main.js');
const peer = join(here, '../../bench/speed/flowkitPeer.py');
const size = { files: Number(values.files), events: Number(values.events) };
const workload = pinnedWorkload(values.folder, size);
const out = mkdtempSync(join(tmpdir(), 'cytopair-bench-'));

const LARGE_EVENTS = 5_000_000;
const usagePath = join(out, 'usage.json');
const Usage = z.object({ cpuSeconds: z.number(), peakMb: z.number() });

interface Cost extends z.infer<typeof Usage> {
  readonly wallSeconds: number;
  readonly output: string;
}

/** One whole process, which leaves its usage in a file. @throws where it fails: a figure of nothing is none */
function cost(command: string, args: readonly string[]): Cost {
  rmSync(usagePath, { force: true });
  const started = performance.now();
  const env = { ...process.env, CYTOPAIR_USAGE: usagePath };
  const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, env });
  const wallSeconds = (performance.now() - started) / 1000;
  if (done.status !== 0) throw new Error(`${command} failed: ${done.error?.message ?? done.stderr}`);
  return { ...Usage.parse(JSON.parse(readFileSync(usagePath, 'utf8'))), wallSeconds, output: done.stdout };
}

function ours(...args: readonly string[]): Cost {
  return cost(process.execPath, ['--import', pathToFileURL(join(here, 'speed/tellUsage.js')).href, ...args]);
}

let runs = 0;
function study(path: string, threads: number, kept?: string): Cost {
  return ours(cli, 'run', path, '--quiet', '--threads', String(threads), '--out', kept ?? join(out, `run${runs++}`));
}

/** Whole studies as they are shipped and drawn, gates that must be placed, one tube of 400 MB. */
function moreKinds(): [string, () => Cost][] {
  const demo = join(values.folder, 'demo');
  const drawn = spawnSync(process.execPath, [join(here, '../samples/make.js'), '--if-missing', '--out', demo]);
  if (drawn.status !== 0) throw new Error(`the demo could not be drawn: ${drawn.stderr}`);
  const [demoStudy, tiny] = [join(demo, 'study.yaml'), join(here, '../../samples/tiny/study.yaml')];
  const large = pinnedWorkload(values.folder, { files: 1, events: LARGE_EVENTS });
  const placed = { ...workload, template: 'shipped:b-regulatory' };
  const kept = join(out, 'kept');
  return [
    ['gate by shipped:b-regulatory, threads 0', () => gate(0, placed)],
    [`gate, one tube of ${LARGE_EVENTS} x 20, threads 0`, () => gate(0, large)],
    ['run of the demo, threads 0', () => study(demoStudy, 0, kept)],
    ['the same again, nothing to do', () => study(demoStudy, 0, kept)],
    ['run of tiny, threads 0', () => study(tiny, 0)],
    ['run of tiny, threads 2', () => study(tiny, 2)],
  ];
}

function gate(threads: number, { template, files }: Pick<Workload, 'template' | 'files'>): Cost {
  // A folder of its own each time: a finished one would be taken up again.
  const own = join(out, `gate${runs++}`);
  return ours(cli, 'gate', '--template', template, '--threads', String(threads), '--out', own, ...files);
}

/** Counts by path, in the order of the files. */
function countsOf(folder: string): Map<string, number[]> {
  const [head = '', ...lines] = readFileSync(join(folder, 'frequencies.csv'), 'utf8').trimEnd().split('\n');
  const [population, count] = ['population', 'count'].map((name) => head.split(',').indexOf(name)) as [number, number];
  const counts = new Map<string, number[]>();
  for (const line of lines) {
    const cells = line.split(',');
    const own = counts.get(cells[population] ?? '') ?? [];
    own.push(Number(cells[count]));
    counts.set(cells[population] ?? '', own);
  }
  return counts;
}

function row(name: string, costs: readonly Cost[]): void {
  const of = (key: 'cpuSeconds' | 'wallSeconds' | 'peakMb') => {
    const all = costs.map((one) => one[key]);
    const digits = key === 'peakMb' ? 0 : 2;
    return `${median(all)?.toFixed(digits)} (${Math.min(...all).toFixed(digits)}-${Math.max(...all).toFixed(digits)})`;
  };
  console.log(`| ${name} | ${of('cpuSeconds')} | ${of('wallSeconds')} | ${of('peakMb')} |`);
}

function comparePeer(rounds: readonly Cost[]): void {
  const theirs = z
    .record(z.string(), z.array(z.number()))
    .parse(JSON.parse(rounds[0]?.output.trim().split('\n').at(-1) ?? ''));
  const own = countsOf(join(out, 'gate0'));
  const differing = pinnedGates.flatMap(({ name }) =>
    (theirs[name] ?? []).filter((count, f) => count !== own.get(pathOf(name))?.[f]).map(() => name),
  );
  const compared = Object.values(theirs).flat().length;
  console.log(
    `\n${compared - differing.length} of ${compared} counts equal FlowKit's${differing.length > 0 ? `; not ${differing.join(', ')}` : ''}`,
  );
}

try {
  const wanted = values.peers ? [values.python, peer, workload.gates, ...workload.files] : undefined;
  const hasPeer = wanted !== undefined && spawnSync(values.python, ['-c', 'import flowkit']).status === 0;
  if (values.peers && !hasPeer) console.log('skipped: FlowKit is not in this Python environment');
  const kinds = new Map<string, () => Cost>([
    ['gate, threads 0', () => gate(0, workload)],
    ['gate, threads 2', () => gate(2, workload)],
    ['gate, first file, threads 0', () => gate(0, { ...workload, files: workload.files.slice(0, 1) })],
    ['--help', () => ours(cli, '--help')],
    ['node -e 0', () => ours('-e', '0')],
  ]);
  if (values.more) for (const [name, once] of moreKinds()) kinds.set(name, once);
  if (hasPeer) kinds.set('FlowKit', () => cost(values.python, wanted.slice(1)));
  const costs = new Map([...kinds.keys()].map((name) => [name, [] as Cost[]]));
  // In turn, so that a busy minute of the machine falls on all alike.
  for (let k = 0; k < Number(values.repeats); k++) {
    for (const [name, once] of kinds) costs.get(name)?.push(once());
  }
  console.log(
    `${size.files} files x ${size.events} events x 20, 14 compensated, 15 gates; ${cpus().length} cores, Node ${process.version}\n`,
  );
  console.log('| whole process, median (least-most) | CPU s | wall s | peak MB |\n| --- | --- | --- | --- |');
  for (const [name, all] of costs) row(name, all);
  if (hasPeer) comparePeer(costs.get('FlowKit') ?? []);
} finally {
  rmSync(out, { recursive: true, force: true });
}
