import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Figures = z.object({
  f1: z.number(),
  r: z.number().nullable(),
  shownFold: z.number().nullable(),
  trueFold: z.number().nullable(),
});

/** What one run found, as it is kept between two calls of the bench. */
const RunRecord = z.object({
  id: z.string(),
  maturityBorder: z.number(),
  /** Flags of the study's alignment. */
  flags: z.array(z.string()),
  /** Flag -> tubes whose transitional gate bears it. */
  tubeFlags: z.record(z.string(), z.number()),
  /** Placing -> last part of the population's path -> figures. */
  by: z.record(z.string(), z.record(z.string(), Figures)),
  verdict: z.object({ isRight: z.boolean(), got: z.string() }).nullable(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** Records of one revision of the code that places and draws: a change of either starts anew. */
export interface RecordStore {
  readonly revision: string;
  find(id: string): RunRecord | undefined;
  keep(record: RunRecord): void;
}

/**
 * @param folder where all revisions lie
 * @param sources folders of built code whose bytes decide the figures
 */
export function openRecords(folder: string, sources: readonly string[]): RecordStore {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(filesIn)) hash.update(readFileSync(path));
  const revision = hash.digest('hex').slice(0, 12);
  const own = join(folder, revision);
  mkdirSync(own, { recursive: true });
  const fileOf = (id: string) => join(own, `${id.replace(/[^a-zA-Z0-9.]+/g, '_')}.json`);
  return {
    revision,
    find: (id) => (existsSync(fileOf(id)) ? RunRecord.parse(JSON.parse(readFileSync(fileOf(id), 'utf8'))) : undefined),
    keep: (record) => {
      // Whole or not at all: a run that is stopped is done again.
      writeFileSync(`${fileOf(record.id)}.part`, `${JSON.stringify(record)}\n`);
      renameSync(`${fileOf(record.id)}.part`, fileOf(record.id));
    },
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|yaml)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
