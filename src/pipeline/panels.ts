import type { RecordInput } from '../batch/index.ts';
import type { StudyInput } from '../study/index.ts';
import { canonicalJson, sha256 } from '../tables/index.ts';
import type { Template } from '../template/index.ts';
import type { WalkPanel } from './walkTube.ts';

/** The panels with the hash that names their template: of its file, or of the whole where several files make it up. */
export function panelsOf(
  templates: ReadonlyMap<string, Template>,
  inputs: readonly StudyInput[],
): readonly WalkPanel[] {
  const files = inputs.filter((input) => input.role === 'template');
  const [only] = files;
  return [...templates].map(([panel, template]) => {
    const isOneFile = only !== undefined && files.length === 1;
    return { panel, template, templateSha256: isOneFile ? sha256(only.bytes) : templateHash(template) };
  });
}

// Without the places in the files: a comment added above a gate changes no gate.
function templateHash(template: Template): string {
  const text = JSON.stringify(template, (key, value) => (key === 'where' ? undefined : value));
  return sha256(canonicalJson(JSON.parse(text)));
}

export function recordInput({ role, displayPath: path, bytes }: StudyInput): RecordInput {
  return { role, path, sampleId: null, bytes: bytes.length, sha256: sha256(bytes) };
}
