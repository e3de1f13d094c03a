import { resolve } from 'node:path';
import type { Problem } from '../problems/index.ts';
import { type Compensation, readCompensation, type Template } from '../template/index.ts';
import { type MatrixFile, readMatrixFile } from './readMatrixFile.ts';
import type { StudyInput } from './study.ts';
import type { StudyDraft } from './studyFile.ts';
import { displayPath } from './tubeFiles.ts';

interface Asked {
  readonly draft: Pick<StudyDraft, 'reading'>;
  /** Of study.yaml: matrices lie relative to it. */
  readonly folder: string;
  readonly templates: ReadonlyMap<string, Template>;
  /** A matrix that is read is added. */
  readonly inputs: StudyInput[];
  /** sampleId -> panel. */
  readonly panels: ReadonlyMap<string, string>;
}

/** sampleId -> what `reading:` of study.yaml says of its compensation, every matrix file read once. */
export function tubeCompensations(asked: Asked, problems: Problem[]): ReadonlyMap<string, Compensation> {
  const { draft, folder, templates, inputs, panels } = asked;
  const { reading } = draft;
  const found = new Map<string, Compensation>();
  const files = new Map<string, MatrixFile | undefined>();
  for (const [sampleId, { compensation }] of Object.entries(reading?.value ?? {})) {
    if (reading === undefined || compensation === undefined) continue;
    const id = sampleId.normalize('NFC');
    const part = { value: compensation, source: reading.source, path: [...reading.path, sampleId, 'compensation'] };
    const written = readCompensation(part, problems, templates.get(panels.get(id) ?? '')?.compensation);
    if (written.kind !== 'named') {
      found.set(id, written);
      continue;
    }
    const { path: named, apply, where } = written;
    const path = resolve(folder, named);
    const key = `${path}\0${apply}`;
    if (!files.has(key)) {
      const shown = displayPath(folder, path);
      const file = readMatrixFile({ path, named, shown, apply, where }, problems);
      files.set(key, file);
      const isNew = !inputs.some((input) => input.displayPath === shown);
      if (file !== undefined && isNew) inputs.push({ role: 'spillover', displayPath: shown, bytes: file.bytes });
    }
    const file = files.get(key);
    if (file !== undefined) found.set(id, { kind: 'matrix', apply, matrix: file.matrix });
  }
  return found;
}
