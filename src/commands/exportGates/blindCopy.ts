import { basename, join } from 'node:path';
import { deidentifiedHead, type FcsFile, openFile, readFcs, writeDeidentified } from '../../fcs/index.ts';
import { type Problem, problem, type Reading } from '../../problems/index.ts';
import { sha256 } from '../../tables/index.ts';
import type { OpenedRunTube } from './openRunTube.ts';

/** What tells when a tube was measured, or which one it is: a reviewer must not know the visit. */
const TELLS_VISIT = /^(?:\$(?:DATE|BTIM|ETIM|BEGINDATETIME|ENDDATETIME|VOL)|GUID|ORIGINALGUID)$/;

/**
 * Writes a copy of a tube's file under its code: events byte for byte, no keyword that names a person, a file, a date or a
 * time; read back and searched for what was removed.
 * @returns the tube as its copy says it is
 */
export function blindCopy(tube: OpenedRunTube, code: string, folder: string): Reading<OpenedRunTube> {
  const name = `${code}.fcs`;
  const where = { file: tube.fileName, sampleId: tube.sampleId };
  const problems: Problem[] = [];
  const source = openFile(tube.path, tube.fileName);
  try {
    const { value: file, problems: found } = readFcs(source);
    if (file === undefined) return { value: undefined, problems: found };
    const made = deidentifiedHead(withoutDates(file), { shiftDays: 7, keyedHash: (text) => sha256(`${code} ${text}`) });
    const channels = made.replacedNames.filter((keyword) => /^\$P\d+N$/.test(keyword));
    if (channels.length > 0) {
      const message = `${channels.join(', ')}: not all words are known detectors, so that a name cannot be told from a person’s`;
      return { value: undefined, problems: [problem('error', 'import.not-exported', message, where, DETECTORS)] };
    }
    const dated = [...file.keywords].flatMap(([keyword, value]) =>
      TELLS_VISIT.test(keyword) ? [{ keyword, value }] : [],
    );
    const named = [basename(tube.fileName).replace(/\.[^.]*$/, ''), tube.sampleId].map((value) => ({
      keyword: 'name',
      value,
    }));
    problems.push(...writeDeidentified(source, file.layout, made, join(folder, name), [...dated, ...named]));
  } finally {
    source.close();
  }
  const copy = problems.some(({ severity }) => severity === 'error') ? undefined : readCopy(join(folder, name), name);
  if (copy === undefined) return { value: undefined, problems };
  const { parameters, keywords } = copy;
  const uncounted = tube.sample.populations.map((one) => ({ ...one, storedCount: null }));
  const sample = { ...tube.sample, name, fileNames: [name], keywords, populations: uncounted };
  return { value: { ...tube, fileName: name, parameters, keywords, sample }, problems };
}

const DETECTORS = 'rename the channels in the files, or export without --blind';

function withoutDates(file: FcsFile): FcsFile {
  return { ...file, keywords: new Map([...file.keywords].filter(([keyword]) => !TELLS_VISIT.test(keyword))) };
}

function readCopy(path: string, name: string): FcsFile | undefined {
  const source = openFile(path, name);
  try {
    return readFcs(source).value;
  } finally {
    source.close();
  }
}
