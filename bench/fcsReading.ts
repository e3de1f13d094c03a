import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile, readColumns, readFcs, surveyEvents } from '../src/fcs/index.ts';
import { writeFcs } from '../src/fcs/tools.ts';

// Time and peak memory of reading one file, each case in a process of its own: what is read bounds the memory, not the
// file. Prints a table in Markdown; run it on a quiet machine.

const mebibyte = 2 ** 20;
const parameterCount = 16;

interface Case {
  readonly name: string;
  run(path: string): void;
}

const columnsOf = (path: string, count: number): void => {
  const source = openFile(path);
  const file = readFcs(source).value;
  if (file === undefined) throw new Error('the made file is not read');
  readColumns(
    source,
    file,
    Array.from({ length: count }, (_, i) => i + 1),
  );
  source.close();
};

const cases: readonly Case[] = [
  { name: 'nothing (the program alone)', run: () => undefined },
  { name: 'HEADER and TEXT', run: (path) => void readFcs(openFile(path)) },
  { name: 'all events surveyed in blocks', run: survey },
  { name: '1 of 16 columns', run: (path) => columnsOf(path, 1) },
  { name: '4 of 16 columns', run: (path) => columnsOf(path, 4) },
  { name: '16 of 16 columns', run: (path) => columnsOf(path, 16) },
];

function survey(path: string): void {
  const source = openFile(path);
  const file = readFcs(source).value;
  if (file === undefined) throw new Error('the made file is not read');
  surveyEvents(source, file);
}

/** 32-bit floats, written by repeating one block of events: what they hold does not matter here. */
function makeFile(path: string, eventCount: number): void {
  const blockEvents = 50_000;
  const columns = Array.from({ length: parameterCount }, (_, c) =>
    Float32Array.from({ length: blockEvents }, (_, i) => ((i * (c + 7)) % 262_144) + 0.5),
  );
  const parameters = columns.map((_, c) => ({ name: `FL${c + 1}-A`, stain: `CD${c + 1}`, range: 262_144 }));
  const block = Buffer.from(writeFcs({ parameters, columns, eventCount: blockEvents, keywords: { $CYT: 'made' } }));
  const dataBytes = blockEvents * parameterCount * 4;
  const dataBegin = block.length - 8 - dataBytes;
  const text = block.toString('latin1', 0, dataBegin).replace(/(\$TOT.)50000/, (_, key: string) => key + eventCount);
  const end = String(dataBegin + eventCount * parameterCount * 4 - 1 + text.length - dataBegin).padStart(20, '0');
  const grown = text.length - dataBegin;
  const begin = String(dataBegin + grown).padStart(20, '0');
  const head = text
    .replace(/(\$BEGINDATA.)\d{20}/, (_, key: string) => key + begin)
    .replace(/(\$ENDDATA.)\d{20}/, (_, key: string) => key + end);
  const header = `${head.slice(0, 18)}${String(57 + head.length - 58).padStart(8)}       0       0${head.slice(42)}`;
  const descriptor = openSync(path, 'w');
  writeSync(descriptor, Buffer.from(header, 'latin1'));
  for (let done = 0; done < eventCount; done += blockEvents) writeSync(descriptor, block, dataBegin, dataBytes);
}

function main(): void {
  const [, , asked, path] = process.argv;
  if (asked !== undefined && path !== undefined) {
    const started = performance.now();
    cases.find((one) => one.name === asked)?.run(path);
    const ms = performance.now() - started;
    process.stdout.write(`${ms.toFixed(0)} ${((process.resourceUsage().maxRSS * 1024) / mebibyte).toFixed(0)}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cytopair-bench-'));
  const lines = ['| events × 16 floats | read | ms | peak MiB | columns MiB |', '| --- | --- | --- | --- | --- |'];
  for (const eventCount of [500_000, 2_000_000, 8_000_000]) {
    const file = join(folder, `${eventCount}.fcs`);
    makeFile(file, eventCount);
    const size = `${eventCount / 1e6} M (${((eventCount * 64) / mebibyte).toFixed(0)} MiB)`;
    for (const { name } of cases) {
      const { stdout, stderr } = spawnSync(process.execPath, [process.argv[1] ?? '', name, file], { encoding: 'utf8' });
      const [ms = stderr, peak = ''] = stdout.split(' ');
      const columns = /^(\d+) of/.exec(name)?.[1];
      const wanted = columns === undefined ? '' : ((eventCount * 8 * Number(columns)) / mebibyte).toFixed(0);
      lines.push(`| ${size} | ${name} | ${ms} | ${peak} | ${wanted} |`);
    }
    rmSync(file);
  }
  rmSync(folder, { recursive: true });
  process.stdout.write(`${lines.join('\n')}\n`);
}

main();
