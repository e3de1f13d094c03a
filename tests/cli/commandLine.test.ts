import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { writeFcs } from '../../src/fcs/tools.ts';
import { cytopair, ownFolder, tinyStudy } from './cytopair.ts';

const tube = join(tinyStudy, 'fcs', 'P01_BL.fcs');
let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });

describe('the command line', () => {
  it.each([
    [['frobnicate'], /unknown command 'frobnicate' \(see cytopair --help\)/],
    [['analyse'], /unknown command 'analyse' \(Did you mean analyze\?\)/],
    [['chek', 'study.yaml'], /unknown command 'chek' \(Did you mean check\?\)/],
    [['template', 'shw'], /unknown command 'shw' \(Did you mean show\?\)/],
    [
      ['analyze', 'f.csv', '--studdy', 's.yaml'],
      /'--study <study\.yaml>' not specified \(Did you mean it by "--studdy"\?\)/,
    ],
    [[], /a command is needed/],
    [['run'], /missing required argument 'study\.yaml'/],
    [['run', 'study.yaml', '--thread', '2'], /unknown option '--thread' \(Did you mean --threads\?\)/],
    [['run', 'study.yaml', '--threads', '-1'], /an integer of at least 0 is needed/],
    [['run', 'study.yaml', '--threads', '1.5'], /an integer of at least 0 is needed/],
    [['gate', 'a.fcs'], /'--template <file>' not specified/],
    [['gate', '--template', 't.yaml', '--offsets', 'middle', 'a.fcs'], /Allowed choices are header, text/],
    [['template'], /./],
  ])('refuses %j with exit code 2 and a line that says why', async (args, words) => {
    const ended = await here(...args);
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toMatch(words);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  const commands = program(() => undefined, '').commands.map((command) => [command.name()]);
  it('has more than ten commands, which follow', () => {
    expect(commands.length).toBeGreaterThan(10);
  });

  it.each([...commands.map((words) => [words]), [['template', 'show']]])(
    'explains %j with an example',
    async (command) => {
      const ended = await here(...command, '--help');
      expect(ended).toMatchObject({ exit: 0, stderr: '' });
      expect(ended.stdout).toContain(`Usage: cytopair ${command.join(' ')}`);
      expect(ended.stdout).toMatch(new RegExp(`Examples?:\\n {2}cytopair ${command[0]}`));
    },
  );

  it('tells its version, which is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
    expect(await here('--version')).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('is silent where its reader has gone away', async () => {
    const main = join(
      process.env.CYTOPAIR_BUILD ?? join(import.meta.dirname, '..', '..', 'dist'),
      'src',
      'cli',
      'main.js',
    );
    const child = spawn(process.execPath, [main, 'methods', 'valley']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await once(child, 'close');
    expect(stderr).toBe('');
  });
});

describe('cytopair methods', () => {
  it('lists every method that a template may name, and explains one with its settings and source', async () => {
    const list = await here('methods');
    for (const name of ['interval', 'polygon', 'singlets', 'valley', 'ridge', 'kmeans', 'reference']) {
      expect(list.stdout).toMatch(new RegExp(`^${name} `, 'm'));
    }
    const valley = await here('methods', 'valley');
    expect(valley.stdout).toMatch(/^source: .+/m);
    expect(valley.stdout).toMatch(/^marker /m);
    expect(JSON.parse((await here('methods', '--json')).stdout).length).toBeGreaterThan(10);
  });

  it('knows what was meant', async () => {
    const ended = await here('methods', 'valey');
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain('did you mean "valley"?');
  });
});

describe('cytopair inspect', () => {
  it('prints version, cytometer, events, channels with their markers, and the spillover', async () => {
    const ended = await here('inspect', tube);
    expect(ended.exit).toBe(0);
    for (const words of [
      /version +FCS3\.1/,
      /events +4000/,
      /spillover +\$SPILLOVER, 14 channels/,
      /APC-A +CD38 APC +262144/,
    ]) {
      expect(ended.stdout).toMatch(words);
    }
  });

  it('shows in what files differ, and ends with 3 where one cannot be read', async () => {
    writeFileSync(join(folder.path, 'letter.fcs'), 'Dear colleague');
    const bytes = readFileSync(tube, 'latin1').replace('/FCS3.1', '/FCS3.1').replaceAll('CD38 APC', 'CD39 APC');
    writeFileSync(join(folder.path, 'other.fcs'), bytes, 'latin1');
    const ended = await here('inspect', tube, 'other.fcs', 'letter.fcs');
    expect(ended.exit).toBe(3);
    expect(ended.stdout).toMatch(/APC-A marker +CD38 APC +P01_BL\.fcs\nAPC-A marker +CD39 APC +other\.fcs/);
    expect(ended.stderr).toMatch(/^letter\.fcs@0: error fcs\.not-fcs/m);
  });

  it('prints no value of a keyword that may name a person, unless told to', async () => {
    const name = 'Erika Mustermann';
    const bytes = writeFcs({
      parameters: [{ name: 'FL1-A', stain: 'CD19', range: 1024 }],
      keywords: { $CYT: 'model', $SRC: name, 'PATIENT ID': name, 'EXPORT USER NAME': name },
      columns: [Float32Array.of(1, 2)],
      eventCount: 2,
    });
    writeFileSync(join(folder.path, 'tube.fcs'), bytes);
    const hidden = await here('inspect', 'tube.fcs');
    expect(hidden.exit).toBe(0);
    expect(hidden.stdout + hidden.stderr).not.toContain(name);
    expect(hidden.stdout).toContain('--show-identifiers');
    expect((await here('inspect', 'tube.fcs', '--json')).stdout).not.toContain(name);
    expect((await here('inspect', 'tube.fcs', '--show-identifiers')).stdout).toContain(name);
  });

  it('refuses a file that is not there before it reads any', async () => {
    const ended = await here('inspect', tube, 'none.fcs');
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain('none.fcs: error input.not-found');
  });
});

describe('cytopair check', () => {
  it('prints which channel holds which marker, one row for all tubes of one layout', async () => {
    const ended = await here('check', join(tinyStudy, 'study.yaml'));
    expect(ended).toMatchObject({ exit: 0 });
    expect(ended.stdout).toContain('nothing stands in the way');
    const [head = '', first = ''] = ended.stdout
      .split('\n')
      .filter((line) => /^(tube|16 tubes, P01_BL to P08_M1) /.test(line));
    expect(first.slice(head.indexOf('CD38'))).toMatch(/^APC-A /);
    expect(first.slice(head.indexOf('CD24'))).toMatch(/^PE-Cy7-A /);
    const [file] = JSON.parse((await here('check', join(tinyStudy, 'study.yaml'), '--json')).stdout);
    expect(file.tubes[0]).toMatchObject({ sample_id: 'P01_BL', channels: { CD38: 'APC-A' } });
  });

  it('lists every mistake of a template at its line, and knows what was meant', async () => {
    const text = [
      'cytopair: 1',
      'template: t',
      'version: 1.0.0',
      'markers: {CD3: {}, CD4: {}}',
      'populations:',
      '  - {name: T, parent: root, gate: {method: valey, marker: CD3, keep: above}}',
      '  - {name: CD4, parent: TT, gate: {method: valley, marker: CD4, keep: above}}',
      '  - {name: CD5, parent: root, gate: {method: valley, marker: CD5, keep: above}}',
    ];
    writeFileSync(join(folder.path, 't.yaml'), `${text.join('\n')}\n`);
    const ended = await here('check', 't.yaml');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^t\.yaml:6:\d+: error template\.\S+: .*valey.*did you mean "valley"/m);
    expect(ended.stderr).toMatch(/^t\.yaml:7:\d+: error template\.\S+: .*"TT"/m);
    expect(ended.stderr).toMatch(/^t\.yaml:8:\d+: error template\.\S+: .*"CD5"/m);
  });

  it('takes no folder for a file', async () => {
    mkdirSync(join(folder.path, 'study.yaml'));
    const ended = await here('check', 'study.yaml');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^study\.yaml: error input\.not-found: "study\.yaml" is a folder, not a file/);
  });

  it('says of a folder in the place of a file the same, whatever the command', async () => {
    mkdirSync(join(folder.path, 'd'));
    const template = ['--template', 'shipped:lineages'];
    const map = ['--map', 'private/map.csv'];
    const commands: [number, ...string[]][] = [
      [3, 'inspect', 'd'],
      [3, 'gate', 'd', ...template, '--out', 'gated'],
      [3, 'export', 'd', ...template, '--population', 'B'],
      [3, 'deidentify', 'd', '--out', 'bare', ...map],
      [2, 'deidentify', tube, '--out', 'other', '--subjects', 'd', ...map],
      [2, 'deidentify', tube, '--out', 'other', '--map', 'd'],
      [2, 'analyze', 'd', '--study', join(tinyStudy, 'study.yaml'), '--out', 'analyzed'],
      [2, 'agree', 'd', 'd'],
    ];
    for (const [exit, ...command] of commands) {
      const ended = await here(...command);
      expect(ended.stderr, command.join(' ')).toMatch(/^d: error .* a folder, not a file/m);
      expect(ended.exit, command.join(' ')).toBe(exit);
    }
  });

  it('gives a fault of YAML the code that run gives it', async () => {
    writeFileSync(join(folder.path, 'study.yaml'), 'cytopair: 1\nstudy: a\nvisits: [BL]\nvisits: [M1]\n');
    const words = 'study.yaml:4:1: error study.duplicate-key: this key stands twice in the same mapping';
    for (const command of ['check', 'run']) expect((await here(command, 'study.yaml')).stderr).toContain(words);
  });

  it('says so where a file is neither study nor template', async () => {
    writeFileSync(join(folder.path, 'x.yaml'), 'a: 1\n');
    const ended = await here('check', 'x.yaml');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toContain('cli.unknown-file');
  });
});

describe('cytopair run', () => {
  it('takes no sheet for a study, and does not print it', async () => {
    writeFileSync(join(folder.path, 'sheet.csv'), readFileSync(join(tinyStudy, 'sheet.csv')));
    const ended = await here('run', 'sheet.csv');
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toContain('is this the right file?');
    expect(ended.stderr).not.toContain('P08_M1');
  });
});

describe('cytopair template show', () => {
  it('prints the tree of a shipped template from any folder', async () => {
    const ended = await here('template', 'show', 'shipped:b-regulatory');
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toContain('CD24hiCD38hi');
  });
});

describe('cytopair gate', () => {
  it('gates a tube without a study, called by its file name', async () => {
    const ended = await here(
      'gate',
      '--template',
      'shipped:lineages',
      tube,
      '--quiet',
      '--threads',
      '0',
      '--membership',
    );
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toBe('');
    expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^cytopair: 1 of 1 tubes done, 0 failed, \d+ warnings -> cytopair-out\/gate$/,
    );
    const out = join(folder.path, 'cytopair-out', 'gate');
    expect(readdirSync(out).sort()).toEqual([
      '.cytopair',
      'frequencies.csv',
      'log.jsonl',
      'membership',
      'placements.json',
      'report.html',
      'run.json',
    ]);
    const [, root, first] = readFileSync(join(out, 'frequencies.csv'), 'utf8').split('\n');
    expect(root).toMatch(/^P01_BL,,,,,sample,,,root,,0,4000,,/);
    expect(first).toMatch(/^P01_BL,,,,,sample,,,Singlets,root,1,/);
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).toMatchObject({
      command: 'gate',
      result: { ok: 1 },
    });
  });

  it('tells once that a tube holds no events, whatever its gates', async () => {
    const names = ['FSC-A', 'FSC-H', 'CD3', 'CD45'];
    const parameters = names.map((name) => ({ name, stain: '', range: 262144 }));
    const columns = names.map(() => new Float32Array(0));
    writeFileSync(join(folder.path, 'empty.fcs'), writeFcs({ parameters, keywords: {}, columns, eventCount: 0 }));
    const gates = ['{ name: Singlets, parent: root, gate: { method: singlets, area: FSC-A, height: FSC-H } }'];
    gates.push('{ name: T, parent: Singlets, gate: { method: valley, marker: CD3, keep: above } }');
    const head = 'cytopair: 1\ntemplate: t\nversion: 1.0.0\nmarkers: { FSC-A: {}, FSC-H: {}, CD3: {} }\npopulations:\n';
    writeFileSync(join(folder.path, 't.yaml'), `${head}${gates.map((gate) => `  - ${gate}\n`).join('')}`);
    const ended = await here('gate', '--template', 't.yaml', 'empty.fcs', '--quiet');
    expect(ended.exit).toBe(0);
    expect(ended.stderr).toMatch(/^empty\.fcs@\d+: note fcs\.no-events: /m);
    expect(ended.stderr).not.toContain('gate.not-placed');
  });

  it('refuses two files of one name, and a file that is not there, before anything is written', async () => {
    mkdirSync(join(folder.path, 'a'));
    writeFileSync(join(folder.path, 'a', 'p01_bl.FCS'), readFileSync(tube));
    const ended = await here('gate', '--template', 'shipped:lineages', tube, 'a/p01_bl.FCS', 'none.fcs');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toContain('cli.duplicate-sample');
    expect(ended.stderr).toContain('none.fcs: error input.not-found');
    expect(readdirSync(folder.path)).toEqual(['a']);
  });

  it('replaces in a sample_id what no file system takes, and says so', async () => {
    writeFileSync(join(folder.path, 'P01*BL?.fcs'), readFileSync(tube));
    const ended = await here('gate', '--template', 'shipped:lineages', 'P01*BL?.fcs', '--quiet', '--threads', '0');
    expect(ended.exit).toBe(0);
    expect(ended.stderr).toMatch(/note cli\.renamed-sample: .*"P01_BL_"/);
  });

  it('says what holds of many files once, with their number and names', async () => {
    const padded = Buffer.concat([readFileSync(tube), Buffer.alloc(20, ' ')]);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder.path, `${name}.fcs`), padded);
    for (const name of ['d', 'e']) writeFileSync(join(folder.path, `${name}.fcs`), 'no FCS');
    const ended = await here('inspect', 'a.fcs', 'b.fcs', 'c.fcs', 'd.fcs', 'e.fcs');
    expect(ended.stderr.match(/note fcs\.bytes-after-data/g)).toHaveLength(1);
    expect(ended.stderr).toMatch(/^a\.fcs.*bytes-after-data.*; the same in 2 more/m);
    expect(ended.stderr.match(/error fcs\.not-fcs/g)).toHaveLength(1);
    expect(ended.stderr).toMatch(/^d\.fcs.*not-fcs.*; the same in 1 more: e\.fcs/m);
  });

  it('ends with 1 where the output cannot be written', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const ended = await here('gate', '--template', 'shipped:lineages', tube, '--out', 'file/out');
    expect(ended.exit).toBe(1);
    expect(ended.stderr).toContain('error output.not-writable');
    expect(ended.stderr).not.toContain(folder.path);
  });

  const refusedOut = async (out: string, words: RegExp) => {
    const ended = await here('gate', '--template', 'shipped:lineages', tube, '--out', out, '--quiet');
    expect(ended).toMatchObject({ exit: 1, stdout: '' });
    expect(ended.stderr).toMatch(/error output\.not-writable: /);
    expect(ended.stderr).toMatch(words);
  };

  it('ends with 1 where --out is a link that leads nowhere, or in a circle', async () => {
    symlinkSync('nowhere', join(folder.path, 'dangling'));
    symlinkSync('circle', join(folder.path, 'circle'));
    await refusedOut('dangling', /something of this name is here and is no folder \(EEXIST\)/);
    await refusedOut('circle/out', /leads round in a circle \(ELOOP\)/);
  });

  it.runIf(existsSync('/proc/self'))('ends with 1, at once, where the system makes no folders', async () => {
    await refusedOut('/proc/nothing/out', /no folder can be made here \(ENOENT\)/);
  });
});

describe('cytopair analyze', () => {
  const study = ['cytopair: 1', 'study: paper', 'visits: [BL, M1]'];
  const subjects = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

  it('compares any table of shares, with the names and the unit that study.yaml gives', async () => {
    const input = 'input: {columns: {subject: Patient, pct_parent: Share}, unit: fraction}';
    writeFileSync(join(folder.path, 'study.yaml'), `${[...study, input].join('\n')}\n`);
    const rows = subjects.flatMap((name, i) => [`${name};BL;Bregs;0,0${i + 1}`, `${name};M1;Bregs;0,1${i + 1}`]);
    writeFileSync(join(folder.path, 'table.csv'), `Patient;visit;population;Share\r\n${rows.join('\r\n')}\r\n`);
    const ended = await here('analyze', 'table.csv', '--study', 'study.yaml', '--out', 'out');
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toMatch(/Bregs pct_parent +8 +8\/0 .* 0\.0078/);
    expect(ended.stderr).toMatch(/(^|\n)cytopair: 1 comparison, (1 warning|\d+ warnings) -> out\n$/);
    expect(readdirSync(join(folder.path, 'out')).sort()).toEqual([
      '.cytopair',
      'comparisons.csv',
      'figures',
      'methods.txt',
      'pairs.csv',
      'report.html',
      'run.json',
      'table_one.csv',
      'visits.csv',
    ]);
    // 2 of the 2⁸ sign patterns are as one-sided as eight rises of eight.
    expect(readFileSync(join(folder.path, 'out', 'comparisons.csv'), 'utf8')).toContain(',2,256,0.0078125,');
  });

  it('asks whether the change goes with a covariate of the sheet, and names an unknown one at its place', async () => {
    const asked = (name: string) => [
      'sheet: sheet.csv',
      'covariates: {SLEDAI: number}',
      'associations:',
      `  - {id: benefit, question: correlation, comparison: M1-BL, with: ${name}, endpoints: [{population: Bregs}]}`,
    ];
    const tubes = subjects.flatMap((name, i) => [
      `${name}_BL,${name}_BL.fcs,${name},BL,12`,
      `${name}_M1,${name}_M1.fcs,${name},M1,${12 - i}`,
    ]);
    writeFileSync(join(folder.path, 'sheet.csv'), `sample_id,file,subject,visit,SLEDAI\n${tubes.join('\n')}\n`);
    const rows = subjects.flatMap((name, i) => [`${name},BL,Bregs,2`, `${name},M1,Bregs,${3 + i}`]);
    writeFileSync(join(folder.path, 'table.csv'), `subject,visit,population,pct_parent\n${rows.join('\n')}\n`);
    writeFileSync(join(folder.path, 'study.yaml'), `${[...study, ...asked('SLEDAI')].join('\n')}\n`);
    const ended = await here('analyze', 'table.csv', '--study', 'study.yaml', '--out', 'out');
    expect(ended.exit).toBe(0);
    const table = readFileSync(join(folder.path, 'out', 'associations.csv'), 'utf8');
    expect(ended.stdout).toContain('The change of Bregs from BL to M1 went against that of SLEDAI');
    // 2 of the 8! orders run exactly against each other, or with each other.
    expect(table).toMatch(/benefit,exploratory,correlation,Bregs pct_parent,BL,M1,SLEDAI,.*,2,40320,/);
    writeFileSync(join(folder.path, 'study.yaml'), `${[...study, ...asked('SLEDAY')].join('\n')}\n`);
    const wrong = await here('analyze', 'table.csv', '--study', 'study.yaml', '--out', 'other');
    expect(wrong.exit).toBe(2);
    expect(wrong.stderr).toContain('number covariate "SLEDAY" is not known (did you mean "SLEDAI"?)');
  });

  it('says what a sample sheet is, and which table is wanted in its place', async () => {
    const sheet = join(tinyStudy, 'sheet.csv');
    const ended = await here('analyze', sheet, '--study', join(tinyStudy, 'study.yaml'), '--out', 'out');
    expect(ended).toMatchObject({ exit: 2, stdout: '' });
    expect(ended.stderr).toMatch(
      /^sheet\.csv:1: error input\.is-a-sheet: "sheet\.csv" is a sample sheet: .* \(give the frequencies\.csv that cytopair run writes; .*\)\n$/,
    );
    expect((await here('agree', sheet, sheet)).stderr).toContain('error input.is-a-sheet');
  });

  it('refuses a table with mistakes, each at its row and column, and writes nothing', async () => {
    writeFileSync(join(folder.path, 'study.yaml'), `${study.join('\n')}\n`);
    writeFileSync(
      join(folder.path, 'table.csv'),
      'subject,visit,population,pct_parent\nA,BL,x,101\nA,M1,x,two\nB,BL,x,1\nB,BL,x,1\n',
    );
    const ended = await here('analyze', 'table.csv', '--study', 'study.yaml', '--out', 'out');
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/^table\.csv:2:4: error input\.out-of-range: .*101/m);
    expect(ended.stderr).toMatch(/^table\.csv:3:4: error input\.not-a-number: "two"/m);
    expect(ended.stderr).toMatch(/^table\.csv:5: error input\.duplicate-row: /m);
    expect(readdirSync(folder.path).sort()).toEqual(['study.yaml', 'table.csv']);
  });
});
