// Cleans the HIPC proportions (RGLab/flowcap3, as published) for one panel and says what it dropped.
// node cleanHipc.mjs PUBLISHED.tsv PANEL CLEAN.tsv
import { readFileSync, writeFileSync } from 'node:fs';

const [published, panel, clean] = process.argv.slice(2);
const [header, ...lines] = readFileSync(published, 'utf8').trimEnd().split(/\r?\n/);
const names = header.split('\t');
const own = lines.filter((line) => line.split('\t')[names.indexOf('panel')] === panel);
const dropped = new Map();
const seen = new Set();

/** Why a row is of no use; each row is counted under the first reason that holds. */
function fault(row) {
  if (row.population === '') return row.proportion === '' ? 'without population and proportion' : 'without population';
  if (row.proportion === '') return 'without proportion';
  if (row.file === '') return 'without file';
  if (!(Number(row.proportion) >= 0 && Number(row.proportion) <= 1)) return 'proportion outside 0 to 1';
  const key = JSON.stringify([row.center, row.file, row.population, row.method]);
  if (seen.has(key)) return 'repeats an earlier row';
  seen.add(key);
  return undefined;
}

const kept = own.filter((line) => {
  const cells = line.split('\t');
  const reason = fault(Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
  if (reason !== undefined) dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
  return reason === undefined;
});

writeFileSync(clean, `${[header, ...kept].join('\n')}\n`);
process.stdout.write(`${panel}: ${kept.length} of ${own.length} rows kept\n`);
for (const [reason, count] of dropped) process.stdout.write(`${panel}: ${count} rows dropped, ${reason}\n`);
