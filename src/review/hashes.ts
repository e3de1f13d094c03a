import type { BookTubeGate } from '../gating/index.ts';
import { canonicalJson, sha256 } from '../tables/index.ts';
import type { Patch } from './patch.ts';

/** What `replaces` of a patch names: the tube's entry of placements.json as it was placed, without what a person did. */
export function placedHash(entry: BookTubeGate): string {
  return sha256(canonicalJson({ ...entry, override: null }));
}

/** Names a decision: a lock lists those that were made before it. */
export function patchHash(patch: Patch): string {
  return sha256(canonicalJson(patch));
}
