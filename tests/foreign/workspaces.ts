import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { countForeign, readFlowjo } from '../../src/foreign/index.ts';
import { truthPath } from '../truth.ts';
import { foreignTubeOf } from './foreignTubeOf.ts';

/** A workspace of the reference data, unpacked. */
export function workspaceBytes(path: string): Buffer {
  const bytes = readFileSync(truthPath('workspaces', ...path.split('/')));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

export function readWorkspace(path: string) {
  const { value, problems } = readFlowjo(workspaceBytes(path), path);
  if (value === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  return { gating: value, problems };
}

export interface ComparedCount {
  readonly path: string;
  readonly kind: string;
  readonly stored: number | null;
  readonly flowjo: number | null;
  readonly exact: number | null;
}

/** Every population of the sample that goes with a file, as the workspace counted it and as we do. */
export function comparedCounts(workspace: string, fcs: string): readonly ComparedCount[] {
  const { gating } = readWorkspace(workspace);
  const name = fcs.split('/').at(-1) ?? '';
  const sample = gating.samples.find((one) => one.fileNames.includes(name)) ?? gating.samples[0]!;
  const tube = foreignTubeOf(truthPath('workspaces', ...fcs.split('/')));
  const count = (rules: 'exact' | 'flowjo') =>
    countForeign(gating, sample, tube, { sampleId: 'a', file: name, membership: false, rules }).counts.populations;
  const [flowjo, exact] = [count('flowjo'), count('exact')];
  return sample.populations.map(({ storedCount, gate }, i) => ({
    path: flowjo[i + 1]!.population,
    kind: gate.kind,
    stored: storedCount,
    flowjo: flowjo[i + 1]!.count,
    exact: exact[i + 1]!.count,
  }));
}
