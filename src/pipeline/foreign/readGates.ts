import { basename } from 'node:path';
import type { RecordInput } from '../../batch/index.ts';
import { type ForeignGating, readFlowjo, readGatingMl } from '../../foreign/index.ts';
import type { Problem, Reading } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { sha256 } from '../../tables/index.ts';

/** A document of gates of another program. */
export interface GatesFile {
  readonly path: string;
  readonly format: 'flowjo' | 'gatingml';
}

/** The gates with the file as the record names it. */
export interface ReadGates {
  readonly gating: ForeignGating;
  readonly input: RecordInput;
}

const readers = { flowjo: readFlowjo, gatingml: readGatingMl };

/** Reads the gates that a person named. */
export function readGates({ path, format }: GatesFile): Reading<ReadGates> {
  const problems: Problem[] = [];
  const shown = basename(path);
  const bytes = readFileOrSay(path, path, { file: shown }, problems);
  if (bytes === undefined) return { value: undefined, problems };
  const read = readers[format](bytes, shown);
  const input: RecordInput = {
    role: 'template',
    path: shown,
    sampleId: null,
    bytes: bytes.length,
    sha256: sha256(bytes),
  };
  return { value: read.value && { gating: read.value, input }, problems: [...problems, ...read.problems] };
}
