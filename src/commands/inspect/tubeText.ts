import { type Spillover, spilloverFromKeywords } from '../../compensation/index.ts';
import { type FcsFile, type FcsReadingOptions, openFile, readFcs } from '../../fcs/index.ts';
import { type Problem, problem, systemRefusal } from '../../problems/index.ts';

/** What the TEXT of a tube's file says; no event is read. */
export interface TubeText {
  readonly displayPath: string;
  /** undefined where the file cannot be read as FCS; the problems say why. */
  readonly file: FcsFile | undefined;
  /** null: none to apply; undefined: there is one that cannot be used. */
  readonly spillover: Spillover | null | undefined;
  readonly problems: readonly Problem[];
}

/** Reads HEADER and TEXT of one file on the disk; whatever is wrong with it becomes problems that name it. */
export function tubeText(path: string, displayPath: string, reading: FcsReadingOptions): TubeText {
  try {
    const source = openFile(path, displayPath);
    try {
      const { value: file, problems } = readFcs(source, reading);
      if (file === undefined) return { displayPath, file, spillover: undefined, problems };
      const spillover = spilloverFromKeywords(file.keywords, file.parameters, { file: displayPath });
      return { displayPath, file, spillover: spillover.value, problems: [...problems, ...spillover.problems] };
    } finally {
      source.close();
    }
  } catch (fault) {
    const refusal = systemRefusal(fault);
    if (refusal === undefined) throw fault;
    const message = `the file cannot be opened: ${refusal}`;
    const unreadable = problem('error', 'cli.unreadable-file', message, { file: displayPath });
    return { displayPath, file: undefined, spillover: undefined, problems: [unreadable] };
  }
}
