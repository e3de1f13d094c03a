import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { RecordInput } from '../../batch/index.ts';
import { type Problem, problem, type Reading } from '../../problems/index.ts';
import { patchHash, readOverrides, type WrittenPatch } from '../../review/index.ts';
import { readFileOrSay, type Study } from '../../study/index.ts';
import { decodeText, jsonValue, sha256 } from '../../tables/index.ts';

/** A patch, and whether it was made after the study was unblinded; null where the study was never locked. */
export interface DatedPatch extends WrittenPatch {
  readonly isAfterLock: boolean | null;
}

export interface StudyPatches {
  readonly patches: readonly DatedPatch[];
  readonly input: RecordInput;
}

/** Only what is asked of it here: which decisions were made before it. */
const Lock = z.looseObject({ format: z.literal('cytopair/lock/1'), patches: z.array(z.string()).optional() });

/**
 * Reads the file of `--overrides`. A locked study names in study.lock.json the patches that it was locked with
 * (`patches`, by hash); every other one was made after unblinding.
 */
export function readPatches(written: string, study: Study): Reading<StudyPatches> {
  const path = resolve(written);
  const shown = shownFrom(study.folder, path);
  const problems: Problem[] = [];
  const bytes = readFileOrSay(path, shown, { file: shown }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const { text } = decodeText(bytes);
  const read = readOverrides(text, shown);
  problems.push(...read.problems);
  if (read.value === undefined) return { value: undefined, problems };
  const locked = lockedPatches(study.folder, problems);
  const patches = read.value.map((one) => ({
    ...one,
    isAfterLock: locked === undefined ? null : !locked.has(patchHash(one.patch)),
  }));
  const input = { role: 'overrides' as const, path: shown, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) };
  return { value: { patches, input }, problems };
}

/** Patches that nobody asked for lie beside the study: whoever wrote them should know that they were not used. */
export function unusedOverrides(study: Study): readonly Problem[] {
  const file = 'overrides.yaml';
  if (!existsSync(join(study.folder, file))) return [];
  return [problem('note', 'review.not-used', 'the gates lie where they were placed: this file was not used', { file })];
}

/** Hashes of the patches with which the study was locked; undefined where it was not. */
function lockedPatches(folder: string, problems: Problem[]): ReadonlySet<string> | undefined {
  const file = 'study.lock.json';
  const path = join(folder, file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const lock = Lock.safeParse(jsonValue(readFileSync(path, 'utf8')));
  if (lock.success) return new Set(lock.data.patches ?? []);
  const message = 'this is no lock of this version: every patch counts as made after unblinding';
  problems.push(problem('warning', 'review.lock-unread', message, { file }));
  return new Set();
}

/** With `/`, relative to the study's folder; a file outside it by its base name. */
function shownFrom(folder: string, path: string): string {
  const inside = relative(folder, path);
  const isOutside = inside.startsWith('..') || isAbsolute(inside);
  return (isOutside ? basename(path) : inside.replaceAll('\\', '/')).normalize('NFC');
}
