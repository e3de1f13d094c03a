import { type Unzipped, unzipSync } from 'fflate';
import { type Problem, problem, type Reading } from '../../problems/index.ts';

/** Bytes that an archive may unfold to: a workbench of a thousand samples takes a tenth of it. */
const MOST_BYTES = 2 ** 28;
/** Windows writes backslashes. */
const ANALYSIS = /^(?:.*[/\\])?analyses[/\\].*analysis-[^/\\]*\.json$/i;

/** Whether bytes begin as a ZIP archive does. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

class TooLarge extends Error {}

/** The analyses of a workbench, as JSON. Archives that unfold to more than 256 MB are refused before they are unfolded. */
export function analysesIn(bytes: Uint8Array, file: string): Reading<readonly unknown[]> {
  const refuse = (code: Problem['code'], message: string): Reading<readonly unknown[]> => ({
    value: undefined,
    problems: [problem('error', code, message, { file })],
  });
  const files = unfolded(bytes);
  if (typeof files === 'string') return refuse(files === TOO_LARGE ? 'import.unsafe-archive' : 'import.not-xml', files);
  const analyses = Object.values(files).map(jsonOf);
  if (analyses.length === 0) return refuse('import.unknown-format', 'the archive holds no analysis of FlowJo 11');
  if (analyses.includes(undefined)) return refuse('import.not-xml', 'an analysis in the archive is no sound JSON');
  return { value: analyses, problems: [] };
}

const TOO_LARGE = 'the archive unfolds to more than 256 MB';

function unfolded(bytes: Uint8Array): Unzipped | string {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!ANALYSIS.test(name)) return false;
        total += originalSize;
        if (total > MOST_BYTES) throw new TooLarge();
        return true;
      },
    });
  } catch (error) {
    if (error instanceof TooLarge) return TOO_LARGE;
    // What the library says of a broken archive is for programmers.
    if (error instanceof Error) return 'no sound archive: it may have been cut on its way';
    throw error;
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
