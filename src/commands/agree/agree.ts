import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type CountsTable, readCountsTable } from '../../frequencies/index.ts';
import { type Outcome, outFolder, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, hasErrors, type Problem } from '../../problems/index.ts';
import { readFileOrSay, readNameMap } from '../../study/index.ts';
import { jsonText, jsonValue } from '../../tables/index.ts';
import { agreementJson } from './agreementJson.ts';
import { agreementText } from './agreementText.ts';
import { type Compared, compareCounts } from './compareCounts.ts';
import { refusedAgreementFolder, writeAgreement } from './writeAgreement.ts';

export interface AgreeOptions {
  /** study.yaml with `map:`, or a YAML file of names. */
  readonly map: string | undefined;
  /** Folder for figures and the machine form; undefined: nothing is written. */
  readonly out: string | undefined;
  readonly json: boolean;
}

/**
 * How the counts of a run agree with the laboratory's own: bias, limits of agreement, concordance and regression of every
 * population that both tables have.
 */
export async function agree(ours: string, theirs: string, options: AgreeOptions): Promise<Outcome> {
  const problems: Problem[] = [];
  const auto = readTable(ours, () => undefined, problems);
  const manual = readTable(theirs, sampleOfFile(ours), problems);
  const map = options.map === undefined ? { value: new Map(), problems: [] } : readNameMap(options.map);
  problems.push(...map.problems);
  const out = options.out === undefined ? undefined : outFolder(options.out, '');
  const refusal = out && refusedAgreementFolder(out);
  if (refusal) problems.push(refusal);
  if (auto === undefined || manual === undefined || map.value === undefined || hasErrors(problems)) {
    return refused(problems);
  }
  const names = { auto: basename(ours), manual: basename(theirs) };
  const compared = compareCounts(auto, manual, { names, map: map.value });
  problems.push(...compared.problems);
  const results: readonly Compared[] = compared.value ?? [];
  if (results.length === 0 || hasErrors(problems)) return refused(problems);
  const answer = agreementJson(names, results);
  if (out !== undefined) await writeAgreement(out, answer, results);
  const where = out === undefined ? '' : ` -> ${out.shown}`;
  return {
    exit: 0,
    problems,
    text: options.json ? jsonText(answer) : agreementText(names, results),
    closing: `cytopair: ${counted(results.length, 'comparison')} of populations, ${warningsOf(problems)}${where}`,
  };
}

function readTable(
  path: string,
  sampleOf: (name: string) => string | undefined,
  problems: Problem[],
): CountsTable | undefined {
  const file = basename(path);
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return undefined;
  const read = readCountsTable(bytes, file, sampleOf);
  problems.push(...read.problems);
  return read.value;
}

/** What the record beside frequencies.csv says: which id a file has. Without a record a file's own name is its id. */
function sampleOfFile(frequencies: string): (name: string) => string | undefined {
  const record = join(dirname(frequencies), 'run.json');
  const byName = new Map<string, string>();
  if (statSync(record, { throwIfNoEntry: false })?.isFile()) {
    for (const [path, sampleId] of recordedFiles(readFileSync(record, 'utf8'))) {
      byName.set(
        path
          .slice(path.lastIndexOf('/') + 1)
          .normalize('NFC')
          .toLowerCase(),
        sampleId,
      );
    }
  }
  return (name) => byName.get(name.normalize('NFC').toLowerCase());
}

function recordedFiles(text: string): [string, string][] {
  const record = jsonValue(text);
  const inputs: unknown = typeof record === 'object' && record !== null ? Reflect.get(record, 'inputs') : undefined;
  if (!Array.isArray(inputs)) return [];
  return inputs.flatMap((input: unknown): [string, string][] => {
    if (typeof input !== 'object' || input === null) return [];
    const [path, sampleId]: unknown[] = [Reflect.get(input, 'path'), Reflect.get(input, 'sample_id')];
    return typeof path === 'string' && typeof sampleId === 'string' ? [[path, sampleId]] : [];
  });
}
