import { type Spillover, spilloverFromKeywords, spilloverFromText } from '../../compensation/index.ts';
import { openFile, readFcs } from '../../fcs/index.ts';
import { hasErrors, type Problem, problem, systemRefusal } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { decodeText, onDisk, shownPath } from '../../tables/index.ts';

/** A matrix beside the measured one, and where it is from. */
export interface Compared {
  readonly name: string;
  readonly spillover: Spillover;
}

/** The matrix of an FCS file or of a table. */
export function readCompared(path: string, problems: Problem[]): Compared | undefined {
  const name = shownPath(path);
  const bytes = readFileOrSay(path, name, { file: name }, problems);
  if (bytes === undefined) return undefined;
  const isFcs = /^FCS\d/.test(Buffer.from(bytes.subarray(0, 6)).toString('latin1'));
  const read = isFcs ? ownMatrix(path, name) : spilloverFromText(decodeText(bytes).text, { file: name }, 'warned');
  problems.push(...read.problems);
  if (read.value) return { name, spillover: read.value };
  if (!hasErrors(read.problems)) {
    const message = `"${name}" holds no matrix to compare with`;
    problems.push(problem('error', 'compensation.no-matrix', message, { file: name }));
  }
  return undefined;
}

function ownMatrix(path: string, name: string) {
  try {
    const source = openFile(onDisk(path).path, name);
    try {
      const { value: file, problems } = readFcs(source, {});
      if (file === undefined) return { value: undefined, problems };
      return spilloverFromKeywords(file.keywords, file.parameters, { file: name });
    } finally {
      source.close();
    }
  } catch (fault) {
    const refusal = systemRefusal(fault);
    if (refusal === undefined) throw fault;
    const message = `the file cannot be opened: ${refusal}`;
    return { value: undefined, problems: [problem('error', 'cli.unreadable-file', message, { file: name })] };
  }
}
