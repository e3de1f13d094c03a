import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mainFile } from '../cli/cytopair.ts';

const repository = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(repository, 'docs', 'library.md'), 'utf8');
const blocks = page
  .split(/^## /m)
  .slice(1)
  .flatMap((part) => {
    const [, code] = /^```js\n([\s\S]*?)^```$/m.exec(part) ?? [];
    return code === undefined ? [] : [{ title: part.split('\n')[0] ?? '', code }];
  });

// A program of somebody else: a folder with the package among its dependencies.
const folder = mkdtempSync(join(tmpdir(), 'library-'));
const run = promisify(execFile);

beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(repository, join(folder, 'node_modules', 'cytopair'), 'junction');
  cpSync(join(repository, 'samples', 'tiny'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await run(process.execPath, [mainFile, 'run', 'study.yaml', '--quiet', '--threads', '0', '--out', 'out'], {
    cwd: folder,
  });
  cpSync(join(folder, 'out', 'frequencies.csv'), join(folder, 'frequencies.csv'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const said: Readonly<Record<string, RegExp>> = {
  'An FCS file': /^FCS3\.\d \d+ events\n(?:.+ \d+(?:\.\d+)?\n){10,}$/,
  'Gate tubes': /P01_BL \d+ \d+\.\d+\nP01_M1 \d+ \d+\.\d+\n\d+ populations\n$/,
  'Only where gates lie': /CD24hiCD38hi P01_BL \w+/,
  'Compare visits': /B\/CD24hiCD38hi pct_of_B 8 0\.\d+\n[\s\S]*signed-rank/,
};

describe('docs/library.md', () => {
  test('every part with code is tried', () => {
    expect(blocks.map(({ title }) => title)).toEqual(Object.keys(said));
  });

  test.each(Object.entries(said))(
    '%s: the code runs and prints what it says',
    { timeout: 120_000 },
    async (title, words) => {
      const code = blocks.find((one) => one.title === title)?.code ?? '';
      writeFileSync(join(folder, 'block.mjs'), code);
      const { stdout } = await run(process.execPath, ['block.mjs'], { cwd: folder });
      expect(stdout).toMatch(words);
    },
  );

  test('the types hold in a strict program of somebody else', { timeout: 120_000 }, () => {
    const typed = `import { analyze, gate, hasErrors, place, printProblem, readFcs, version } from 'cytopair';
import type { FcsFile, Frequency, GatedTubes, PlacementBook, Problem, Reading } from 'cytopair';
const fcs = readFcs('a.fcs', { amplification: 'stored', dataSet: 2 });
const file: FcsFile | undefined = fcs.value?.file;
const column: Float64Array | undefined = fcs.value?.columns.get('FSC-A');
const gated: Reading<GatedTubes> = await gate({ template: 't.yaml', files: ['a.fcs'], membership: true });
const rows: readonly Frequency[] = gated.value?.frequencies ?? [];
const book: PlacementBook | undefined = (await place({ template: 't.yaml', files: [] })).value;
const p: number | null | undefined = analyze({ frequencies: 'f.csv', study: 's.yaml' }).value?.comparisons[0]?.p;
const words: string[] = gated.problems.map((one: Problem) => printProblem(one));
// @ts-expect-error a template is needed
await gate({ files: [] });
// @ts-expect-error a count is a number or nothing
const text: string = rows[0]!.count;
export { book, column, file, hasErrors, p, text, version, words };
`;
    writeFileSync(join(folder, 'typed.ts'), typed);
    const options = { target: 'es2023', module: 'nodenext', strict: true, noEmit: true, skipLibCheck: true };
    const typeRoots = [join(repository, 'node_modules', '@types')];
    const config = { compilerOptions: { ...options, types: ['node'], typeRoots }, files: ['typed.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json'], { cwd: folder, encoding: 'utf8' });
    expect(stdout).toBe('');
  });
});

describe('the library says what the command says', () => {
  const ask = async (code: string) => {
    writeFileSync(join(folder, 'ask.mjs'), code);
    const { stdout } = await run(process.execPath, ['ask.mjs'], { cwd: folder });
    return JSON.parse(stdout);
  };

  test('the same counts and places', { timeout: 120_000 }, async () => {
    const files = ['fcs/P01_BL.fcs', 'fcs/P01_M1.fcs', 'fcs/P02_BL.fcs'];
    const args = ['gate', '--template', 'shipped:b-regulatory', '--quiet', '--threads', '0', '--out', 'gated'];
    await run(process.execPath, [mainFile, ...args, ...files], { cwd: folder });
    const question = JSON.stringify({ template: 'shipped:b-regulatory', files, threads: 2 });
    const { gated, book } = await ask(`import { gate, place } from 'cytopair';
const gated = (await gate(${question})).value;
const book = (await place(${question})).value;
console.log(JSON.stringify({ gated, book }));`);
    const table = readFileSync(join(folder, 'gated', 'frequencies.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const columns = table.map((line) => line.split(',')).map((cells) => [cells[0], cells[8], Number(cells[11])]);
    expect(gated.frequencies.map((row: Record<string, unknown>) => [row.sampleId, row.population, row.count])).toEqual(
      columns,
    );
    const written = JSON.parse(readFileSync(join(folder, 'gated', 'placements.json'), 'utf8'));
    expect(gated.placements.gates).toEqual(written.gates);
    expect(book.gates).toEqual(JSON.parse(JSON.stringify(gated.placements.gates)));
  });

  test('a file that is none, a template with a fault and a plan that cannot be carried out are values, not throws', async () => {
    writeFileSync(join(folder, 'bad.yaml'), 'cytopair: 1\ntemplate: t\n');
    const codes = await ask(`import { analyze, gate, place, readFcs } from 'cytopair';
const codes = ({ value, problems }) => [value === undefined, problems.filter((one) => one.severity === 'error').map(({ code }) => code)];
console.log(JSON.stringify([
  codes(readFcs('study.yaml')),
  codes(readFcs('no.fcs')),
  codes(readFcs(new Uint8Array(10))),
  codes(await gate({ template: 'bad.yaml', files: ['no.fcs'] })),
  codes(await place({ template: 'shipped:no', files: [] })),
  codes(analyze({ frequencies: 'sheet.csv', study: 'no.yaml' })),
]));`);
    expect(codes).toEqual([
      [true, [expect.stringMatching(/^fcs\./)]],
      [true, ['fcs.unreadable-file']],
      [true, [expect.stringMatching(/^fcs\./)]],
      [true, expect.arrayContaining(['template.missing-key', 'input.not-found'])],
      [true, ['input.not-found']],
      [true, expect.arrayContaining(['input.not-found'])],
    ]);
  });
});
