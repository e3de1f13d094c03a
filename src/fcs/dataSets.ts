import type { ByteSource } from './byteSource.ts';
import { type Findings, findingsOf, shown } from './findings.ts';
import { type Header, hasMagic, headerBytes, parseHeader } from './header.ts';
import { type KeywordTable, keywordTable } from './keywordTable.ts';
import { type LocatedText, locateText } from './locateText.ts';
import { supplementalText } from './supplementalText.ts';
import { wholeNumber } from './wholeNumber.ts';

/** One data set of a file: its HEADER and keywords, before its events are looked for. */
export interface DataSet {
  /** Start of its HEADER, from the start of the file. */
  readonly base: number;
  /** First byte that is not its own: the next HEADER, or the file's size. */
  readonly limitBytes: number;
  readonly header: Header;
  readonly text: LocatedText | undefined;
  readonly table: KeywordTable | undefined;
  readonly findings: Findings;
}

/** The chain of data sets, and what is wrong with the chain itself. */
export interface Chain {
  readonly sets: readonly DataSet[];
  readonly findings: Findings;
}

// A plate of 384 wells in one file is known; more than this is a file that only claims to be a chain.
const mostSets = 10_000;

/** Follows $NEXTDATA from HEADER to HEADER; each place is visited once, and only where `FCS` stands there. */
export function dataSets(source: ByteSource): Chain {
  const findings = findingsOf(source.name);
  const sets: DataSet[] = [];
  let base: number | undefined = 0;
  while (base !== undefined && sets.length < mostSets) {
    const header = readHeader(source, base, findings);
    if (header === undefined) break;
    const set = readKeywords(source, base, header);
    const next = nextBase(source, set, sets, findings);
    sets.push({ ...set, limitBytes: next ?? source.sizeBytes });
    base = next;
  }
  return { sets, findings };
}

function readHeader(source: ByteSource, base: number, findings: Findings): Header | undefined {
  const bytes = source.read(base, headerBytes);
  const header = parseHeader(bytes);
  if (header === undefined) {
    const isCut = hasMagic(bytes);
    findings.add(
      'error',
      isCut ? 'fcs.text-truncated' : 'fcs.not-fcs',
      isCut
        ? `the file ends inside HEADER, after ${source.sizeBytes - base} of ${headerBytes} bytes`
        : `no FCS file: it does not begin with "FCS" and a version (${source.sizeBytes} bytes)`,
      base,
    );
  }
  return header;
}

function readKeywords(source: ByteSource, base: number, header: Header): DataSet {
  const findings = findingsOf(source.name);
  if (!['FCS2.0', 'FCS3.0', 'FCS3.1', 'FCS3.2'].includes(header.version)) {
    const message = `version "${header.version}" is not known; read as the nearest version that is`;
    findings.add('warning', 'fcs.version-unknown', message, base);
  }
  const text = locateText(source, base, header, findings);
  if (text === undefined) {
    return { base, limitBytes: source.sizeBytes, header, text, table: undefined, findings };
  }
  const extra = supplementalText(source, base, text, findings);
  const table = keywordTable([...text.entries, ...extra], findings);
  return { base, limitBytes: source.sizeBytes, header, text, table, findings };
}

function nextBase(
  source: ByteSource,
  set: DataSet,
  earlier: readonly DataSet[],
  findings: Findings,
): number | undefined {
  if (set.table === undefined) return undefined;
  const entry = set.table.entries.get('$NEXTDATA');
  const distance = wholeNumber(entry?.value);
  if (distance === undefined && !/^-\d+$/.test(entry?.value ?? '')) {
    const what = entry === undefined ? 'is missing' : `${shown(entry.value)} is no number`;
    set.findings.add('note', 'fcs.nextdata-missing', `$NEXTDATA ${what}; read as 0`, entry?.offsetBytes);
    return undefined;
  }
  if (distance === 0) return undefined;
  const jump = distance ?? Number(entry?.value);
  const target = set.base + jump;
  if (jump > 0 && target < source.sizeBytes && hasMagic(source.read(target, 6))) return target;
  // Some writers count from the start of the file, and so point back to a data set that was read.
  const isLoop = jump < 0 || [...earlier, set].some((other) => other.base > 0 && other.base === jump);
  findings.add(
    'warning',
    isLoop ? 'fcs.nextdata-loop' : 'fcs.nextdata-beyond-file',
    `$NEXTDATA ${jump} of data set ${earlier.length + 1} ${isLoop ? 'points back' : `leads to byte ${target}, where no data set begins`}` +
      '; the chain was ended there',
    entry?.offsetBytes,
  );
  return undefined;
}
