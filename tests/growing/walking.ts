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

export const walking: readonly Addition[] = [eventNumbers, hello, bigCells];
