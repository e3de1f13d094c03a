import { statSync } from 'node:fs';
import { canonicalJson, sha256 } from '../tables/index.ts';
import type { TubeTask } from '../tube/index.ts';
import { version } from './version.ts';

/**
 * A name for a task and everything its result depends on: this program and engine, the file as it lies on the disk,
 * how it is read, the template with its matrix, and for a count the tube's part of the book.
 * A file counts as the same while its size, its time of change and its inode's time of change are the same.
 * @returns 64 hex digits; undefined where the file cannot be found, so that there is nothing to go by
 */
export function taskKey(task: TubeTask): string | undefined {
  const file = statSync(task.tube.path, { bigint: true, throwIfNoEntry: false });
  if (file === undefined) return undefined;
  const content = [file.size, file.mtimeNs, file.ctimeNs].map(String);
  const { questions, template, ...rest } = task.kind === 'count' ? task : { ...task, questions: undefined };
  // Hundreds of drawn geometries a tube, whose keys our own code wrote in one order: sorting them would take seconds.
  const asked = sha256(JSON.stringify(questions ?? null));
  // Members with undefined values are left out by JSON, which makes them equal to absent ones: as they should be.
  return sha256(
    canonicalJson({ version, engine: process.version, content, asked, template: nameOf(template), task: rest }),
  );
}

/** The tasks of a step share their template: it is put in order once. */
const names = new WeakMap<TubeTask['template'], string>();

function nameOf(template: TubeTask['template']): string {
  const name = names.get(template) ?? sha256(canonicalJson(template));
  names.set(template, name);
  return name;
}
