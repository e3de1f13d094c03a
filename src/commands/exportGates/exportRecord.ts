import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { jsonText, jsonValue, makeFolder, writeFileAtomically } from '../../tables/index.ts';

const Record = z.strictObject({
  format: z.literal('cytopair/exported-gates/1'),
  /** Hashes of the placement books. */
  placements: z.array(z.string()),
  isBlind: z.boolean(),
  tubes: z.array(
    z.strictObject({
      sample_id: z.string(),
      /** How patches name it. */
      tube: z.string(),
      /** Of its file in the workspace. */
      file: z.string(),
      unit_factors: z.record(z.string(), z.number()),
    }),
  ),
});

/** What was exported, for the one who keeps it: by it an edited workspace is known again. */
export type ExportRecord = z.infer<typeof Record>;

const NAME = 'exported.json';
const WORKSPACE = 'exported.wsp';

/** Writes the record with the workspace as it was written, since a person saves over the other copy. */
export function writeExportRecord(folder: string, record: ExportRecord, workspace: string): void {
  makeFolder(folder);
  writeFileAtomically(join(folder, NAME), jsonText(record));
  writeFileAtomically(join(folder, WORKSPACE), workspace);
  if (!record.isBlind) return;
  const key = Object.fromEntries(record.tubes.map(({ tube, sample_id }) => [tube, sample_id]));
  writeFileAtomically(join(folder, 'key.json'), jsonText(key));
}

/** @returns undefined where the folder holds none, or one that cannot be read */
export function readExportRecord(
  folder: string,
): { readonly record: ExportRecord; readonly workspace: Uint8Array } | undefined {
  const [text, workspace] = [NAME, WORKSPACE].map((name) => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
  });
  const record = text === undefined ? undefined : Record.safeParse(jsonValue(text.toString('utf8')));
  return record?.success && workspace !== undefined ? { record: record.data, workspace } : undefined;
}
