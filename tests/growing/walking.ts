import type { Addition } from './addition.ts';

const eventNumbers: Addition = {
  row: 'a comparison of tubes',
  name: 'eventNumbers',
  file: 'src/likeness/comparisons/eventNumbers.ts',
  text: `import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { sistersByPanel } from '../sisters.ts';

/** A tube with less than a tenth of the events of its sisters was stopped early, or clotted. */
const LEAST_SHARE = 0.1;

export const eventNumbers: Comparison = {
  name: 'number of events',
  summary: 'how many events a tube holds: of one that was stopped early, rare populations are chance',
  compare: (tubes): Compared => ({ findings: sistersByPanel(tubes).flatMap(findingsOf), decisions: new Map() }),
};

function findingsOf(panel: readonly ComparedTube[]): Finding[] {
  const counts = panel.map(({ look }) => look.eventCount).sort((a, b) => a - b);
  const usual = counts[Math.floor(counts.length / 2)] ?? 0;
  const few = panel.filter(({ look }) => look.eventCount < LEAST_SHARE * usual);
  return few.map(({ sampleId, look }) => {
    const words = String(look.eventCount) + ' events for ' + String(usual);
    const found = problem('warning', 'study.unlike-event-number', 'the tube holds ' + words + ' in its sisters', {});
    return { sampleIds: [sampleId], words, problem: found, isRefused: false };
  });
}
`,
  lines: {
    'src/likeness/registry.ts': [
      {
        behind: "import { detectorSettings } from './comparisons/detectorSettings.ts';\n",
        put: "import { eventNumbers } from './comparisons/eventNumbers.ts';\n",
      },
      { behind: '  instruments,\n', put: '  eventNumbers,\n' },
    ],
    'src/problems/codes/likeness.ts': [
      {
        behind: 'export const likenessCodes = {\n',
        put: `  'study.unlike-event-number': {
    says: 'a tube holds far fewer events than the others of its panel',
    hint: 'look whether it was stopped early or clotted; its rare populations are chance',
  },
`,
      },
    ],
  },
  use: `import { compareTubes } from './likeness/index.js';
const look = (sampleId, eventCount) => ({
  sampleId, displayPath: sampleId, bytes: 1, sha256: sampleId, eventMarks: [], eventSketches: [], eventCount, version: 'FCS3.1',
  cytometer: '', cytometerSerial: '', date: null, volumeNl: null, channels: [], markers: {}, absent: [], flags: [],
  matrix: { kind: 'none', source: '', channels: [], matrix: [], from: 'file', apply: 'always', pairs: [], signs: [] },
  values: { rule: { kind: 'linear' }, shapes: [], tops: {} },
});
const tubes = [['a', 9000], ['b', 700], ['c', 11000], ['d', 10000]].map(([id, count], i) => ({
  sampleId: id, subject: 'P' + i, visit: 'BL', visitIndex: 0, panel: '', role: 'sample', batch: '', date: null,
  excluded: false, look: look(id, count),
}));
// Of compensation, where files hold no matrix, another comparison speaks.
const findings = compareTubes(tubes).findings.filter((one) => one.comparison !== 'compensation');
export const found = findings.map((one) => [one.comparison, one.sampleIds, one.words, one.problem.code]);`,
  gives: [['number of events', ['b'], '700 events for 10000', 'study.unlike-event-number']],
};

const hello: Addition = {
  row: 'a command',
  name: 'hello',
  file: 'src/cli/commands/hello.ts',
  text: `import { Command } from 'commander';
import type { SetExit } from '../setExit.ts';
import { printResult } from '../terminal.ts';

export function helloCommand(setExit: SetExit): Command {
  return new Command('hello')
    .summary('greets the lab')
    .description('Greets the lab.')
    .argument('<lab>', 'its name')
    .action((lab: string) => {
      printResult('hello, ' + lab + '\\n');
      setExit(0);
    });
}
`,
  lines: {
    'src/cli/program.ts': [
      {
        behind: "import { gateCommand } from './commands/gate.ts';\n",
        put: "import { helloCommand } from './commands/hello.ts';\n",
      },
      { behind: 'const commands = [', put: 'helloCommand, ' },
    ],
  },
  use: `import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const main = fileURLToPath(new URL('cli/main.js', import.meta.url));
const said = (...words) => execFileSync(process.execPath, [main, ...words], { encoding: 'utf8' });
export const found = { inHelp: said('--help').includes('greets the lab'), says: said('hello', 'Hall 3') };`,
  gives: { inHelp: true, says: 'hello, Hall 3\n' },
};

const tubeList: Addition = {
  row: 'an export format',
  name: 'tubeList',
  file: 'src/exports/formats/tubeList.ts',
  text: `import { type ExportFormat, textPiece } from '../exportFormat.ts';

export const tubeList: ExportFormat = {
  name: 'tube-list',
  summary: 'a line a tube with its status',
  isDraft: false,
  needs: 'tables',
  async *pieces({ tubes }) {
    yield textPiece('tubes.txt', tubes.map(({ sampleId, status }) => sampleId + ' ' + status + '\\n').join(''));
  },
};
`,
  lines: {
    'src/exports/registry.ts': [
      {
        behind: "import { sdtmCp } from './formats/sdtmCp.ts';\n",
        put: "import { tubeList } from './formats/tubeList.ts';\n",
      },
      { behind: 'const exportFormats: readonly ExportFormat[] = [', put: 'tubeList, ' },
    ],
  },
  use: `import { exportingRuns } from './commands/index.js';
const { namedFormats } = await exportingRuns();
const [format] = namedFormats('tube-list').value;
const texts = [];
for await (const piece of format.pieces({ tubes: [{ sampleId: 'a', status: 'ok' }, { sampleId: 'b', status: 'failed' }] })) {
  texts.push([piece.path, new TextDecoder().decode(piece.bytes)]);
}
export const found = texts;`,
  gives: [['tubes.txt', 'a ok\nb failed\n']],
};

const bigCells: Addition = {
  row: 'a shipped template',
  name: 'big-cells',
  file: 'gating-templates/big-cells.yaml',
  text: `cytopair: 1
template: big-cells
version: 1.0.0
about: cells above the debris
markers: { FSC-A: {} }
compensation: none
populations:
  - { name: Big, parent: root, gate: { method: valley, marker: FSC-A, keep: above } }
`,
  lines: {},
  use: `import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
const main = fileURLToPath(new URL('cli/main.js', import.meta.url));
const said = execFileSync(process.execPath, [main, 'template', 'show', 'shipped:big-cells'], { encoding: 'utf8' });
export const found = said.includes('Big');`,
  gives: true,
};

const medians: Addition = {
  row: 'an alignment of tubes',
  name: 'medians',
  file: 'src/placement/alignments/medians.ts',
  text: `import { median } from 'd3-array';
import { z } from 'zod';
import type { TemplateAlignment } from '../../template/index.ts';
import type { GateTube } from '../method.ts';
import type { Alignment } from './alignment.ts';
import { alignmentMethod } from './alignmentMethod.ts';

const Settings = z.strictObject({
  x: z.string().min(1).describe('first marker'),
  y: z.string().min(1).describe('second marker'),
});
type Settings = z.infer<typeof Settings>;

/** Each tube is moved until its medians lie where the pool has its own. */
export const medians = alignmentMethod<Settings>({
  name: 'medians',
  settings: Settings,
  markers: ({ x, y }) => [
    { name: x, keys: ['x'] },
    { name: y, keys: ['y'] },
  ],
  fit: alignMedians,
  profile({ markers: [x = '', y = ''], fit, tubes }, sampleId) {
    const offset = tubes.find((one) => one.sample_id === sampleId)?.offset;
    if (offset === undefined || typeof fit.x !== 'number' || typeof fit.y !== 'number') return undefined;
    const origin = [fit.x + (offset[x] ?? 0), fit.y + (offset[y] ?? 0)] as const;
    return { markers: [x, y], origin, direction: [Math.SQRT1_2, Math.SQRT1_2] };
  },
});

function alignMedians({ x, y }: Settings, alignment: TemplateAlignment, tubes: readonly GateTube[]) {
  const whole = tubes.filter((tube) => tube.has(x) && tube.has(y));
  const middle = (tube: GateTube, marker: string) => median(tube.u(marker).filter(Number.isFinite)) ?? Number.NaN;
  const ofPool = (marker: string) => median(whole.flatMap((tube) => (tube.isInPool ? middle(tube, marker) : [])));
  const study = { x: ofPool(x), y: ofPool(y) };
  if (study.x === undefined || study.y === undefined) return undefined;
  const places = { [x]: study.x, [y]: study.y };
  const offsets = new Map(
    whole.map((tube) => [
      tube.sampleId,
      Object.fromEntries(Object.entries(places).map(([marker, at]) => [marker, middle(tube, marker) - at])),
    ]),
  );
  const offset = (sampleId: string, marker: string) => offsets.get(sampleId)?.[marker] ?? 0;
  const { name, parent, method } = alignment;
  const noGain = { log_gain: {}, log_gain_se: {}, fill: null, flags: [] };
  const fit: Alignment = {
    method,
    flags: [],
    problems: [],
    cutMarkers: [],
    toStudy: (sampleId, marker, u) => u - offset(sampleId, marker),
    inTube: (sampleId, marker, u) => u + offset(sampleId, marker),
    cut: () => undefined,
    tubeFlags: () => [],
    book: {
      ...{ name, parent, method, markers: [x, y], flags: [] },
      fit: { x: study.x, y: study.y },
      tubes: [...offsets].map(([sampleId, own]) => ({ sample_id: sampleId, offset: own, ...noGain })),
    },
    // A median of thousands of events is hardly missed: gates on it are drawn, itself it is not.
    redrawn: () => () => ({ fit, settings: (own) => own }),
  };
  return fit;
}
`,
  lines: {
    'src/placement/alignments/registry.ts': [
      {
        behind: "import type { AlignmentMethod } from './alignmentMethod.ts';\n",
        put: "import { medians } from './medians.ts';\n",
      },
      { behind: 'const methods: readonly AlignmentMethod[] = [', put: 'medians, ' },
    ],
  },
  use: `import { placementRegistry, placeStudy, profileIn, surveyTube } from './placement/tools.js';
import { readTemplate } from './template/index.js';
const text = [
  'cytopair: 1', 'template: own', 'version: 1.0.0', 'about: made', 'markers: { X: {}, Y: {} }', 'compensation: none',
  'alignments: [{ name: middle, parent: root, method: medians, x: X, y: Y }]',
  'populations:',
  '  - { name: Bright, parent: root, gate: { method: tail, marker: X, keep: above, align: middle } }',
  '  - { name: Still, parent: root, gate: { method: tail, marker: X, keep: above } }',
  '  - { name: NoRidge, parent: root, gate: { method: ridge, part: transitional, align: middle } }',
].join('\\n');
const template = readTemplate({ file: 'own.yaml', text }, placementRegistry, () => undefined).value;
const logistic = Array.from({ length: 2000 }, (_, i) => 0.12 * Math.log((i + 0.5) / (1999.5 - i)));
const shifts = { a: 0, b: 0, c: 0.75 };
const surveys = Object.entries(shifts).map(([sampleId, shift]) => {
  const raw = Float64Array.from(logistic, (u) => 150 * Math.sinh(2 + shift + u));
  const events = { count: raw.length, values: ({ scale }, of) => {
    const own = of === 'all' ? raw : Float64Array.from(of, (event) => raw[event]);
    return scale ? own.map((value) => scale.forward(value)) : own;
  } };
  return surveyTube(events, template, {
    sampleId, fileSha256: Buffer.from(sampleId.padEnd(4, '0')).toString('hex'), channels: { X: 'X-A', Y: 'Y-A' }, absent: [],
    ranges: { X: 262144, Y: 262144 },
  });
});
const tubes = Object.keys(shifts).map((id) => ({ sampleId: id, isInPool: true, role: 'sample', batch: '', subjectKey: id }));
const { book, draws } = placeStudy(template, 'hash', surveys, tubes, { draws: { populations: ['Bright'], count: 2, seed: 1 } });
const places = (name) => book.gates.find((gate) => gate.population === name).tubes.map(({ geometry }) => geometry);
const carried = (name) => Math.round(100 * (places(name)[2].dims[0].min - places(name)[0].dims[0].min)) / 100;
const profile = profileIn(book.alignments[0], 'c');
export const found = {
  carried: [carried('Bright'), carried('Still')],
  origin: profile.origin.map((u) => Math.round(100 * u) / 100),
  markers: profile.markers,
  drawn: draws[0].tubes.get('c').length,
  ridge: places('NoRidge').map(({ kind }) => kind),
};`,
  gives: {
    carried: [0.75, 0],
    origin: [2.75, 2.75],
    markers: ['X', 'Y'],
    drawn: 2,
    ridge: ['none', 'none', 'none'],
  },
};

export const walking: readonly Addition[] = [eventNumbers, medians, tubeList, hello, bigCells];
