import { type Problem, problem, type Where } from '../problems/index.ts';
import type { ForeignGating, ForeignSample } from './model.ts';

/** What a file is known by. */
export interface FileFacts {
  readonly name: string;
  readonly eventCount: number;
  /** Names in upper case. */
  readonly keywords: ReadonlyMap<string, string>;
}

/** A sample that goes with a file, or why none does; what is doubtful about it. */
export interface Match {
  readonly sample: ForeignSample | undefined;
  readonly problems: readonly Problem[];
}

/** Keywords that tell one acquisition from another. */
const TELLING = ['$TOT', 'GUID', '$BTIM', '$ETIM', '$DATE', 'TUBE NAME', 'WELL ID', '$SMNO', '$FIL', '$SRC'];

/** The sample of a document that goes with a file: by the file's name, then by what its keywords tell. */
export function matchSample({ samples, format }: ForeignGating, file: FileFacts, where: Where): Match {
  const named = samplesNamed(samples, file);
  const found = named.length > 0 ? named : samples.filter(({ fileNames }) => fileNames.length === 0);
  if (found.length === 0) {
    const names = samples.map(({ name }) => `"${name}"`);
    const shown = names.length > 4 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
    const has = names.length === 0 ? 'it holds no sample' : `it has ${shown.join(', ')}`;
    return refusal('import.no-sample', `no sample of the workspace is called like the file; ${has}`, where);
  }
  const best = mostAlike(found, file);
  const [sample, other] = best;
  if (sample === undefined || other !== undefined) {
    const message = `${best.length} samples of the workspace are called like the file, and keywords do not tell them apart`;
    return refusal('import.several-samples', message, where);
  }
  if (format !== 'flowjo' || sample.eventCount === null || sample.eventCount === file.eventCount) {
    return { sample, problems: [] };
  }
  const message = `the workspace was saved for a file of ${sample.eventCount} events; this one has ${file.eventCount}`;
  return { sample, problems: [problem('warning', 'import.other-file', message, where)] };
}

function refusal(code: Problem['code'], message: string, where: Where): Match {
  return { sample: undefined, problems: [problem('error', code, message, where)] };
}

/** By the surest name under which any sample has the file. */
function samplesNamed(samples: readonly ForeignSample[], file: FileFacts): readonly ForeignSample[] {
  const depth = Math.max(0, ...samples.map(({ fileNames }) => fileNames.length));
  for (const name of [file.name, file.keywords.get('$FIL') ?? '']) {
    if (name.trim() === '') continue;
    for (let i = 0; i < depth; i++) {
      const found = samples.filter(
        ({ fileNames }) => fileNames[i] !== undefined && plain(fileNames[i]!) === plain(name),
      );
      if (found.length > 0) return found;
    }
  }
  return [];
}

/** Without ending, case, and how letters with marks are stored. */
function plain(name: string): string {
  return name
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/\.(?:fcs|lmd)$/, '');
}

function mostAlike(samples: readonly ForeignSample[], file: FileFacts): readonly ForeignSample[] {
  if (samples.length < 2) return samples;
  const likeness = (sample: ForeignSample): number =>
    (sample.eventCount === file.eventCount ? TELLING.length : 0) +
    TELLING.filter((key) => sample.keywords.has(key) && sample.keywords.get(key) === file.keywords.get(key)?.trim())
      .length;
  const most = Math.max(...samples.map(likeness));
  return samples.filter((sample) => likeness(sample) === most);
}
