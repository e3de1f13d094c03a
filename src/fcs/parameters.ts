import { andMore } from '../problems/index.ts';
import type { Amplification, FcsParameter } from './fcsFile.ts';
import { type Findings, shown } from './findings.ts';
import type { Interpretation } from './interpret.ts';
import type { Entry } from './parseText.ts';
import { wholeNumber } from './wholeNumber.ts';

type Keywords = ReadonlyMap<string, Entry>;

/** Codes of findings that many parameters may share: one problem a code, with the parameters named. */
type Shared = Map<
  string,
  { readonly severity: 'warning' | 'note'; readonly message: string; readonly names: string[] }
>;

/**
 * The parameters as $Pn… keywords describe them, each with its place in the event; one problem a kind of fault.
 * @param version decides what is required: $PnE from 3.0, $PnN from 3.1
 */
export function describeParameters(
  interpretation: Interpretation,
  keywords: Keywords,
  version: string,
  findings: Findings,
): FcsParameter[] {
  const names = uniqueNames(interpretation.fields.length, keywords, version, findings);
  const shared: Shared = new Map();
  const parameters = interpretation.fields.map((field, i): FcsParameter => {
    const n = i + 1;
    const name = names[i] as string;
    const isInteger = field.dataType === 'I' || field.dataType === 'A';
    const rangeText = keywords.get(`$P${n}R`)?.value ?? '';
    const range = rangeOf(rangeText, n, isInteger, shared);
    return {
      index: n,
      name,
      stain: keywords.get(`$P${n}S`)?.value || undefined,
      ...field,
      maskBits:
        field.dataType === 'I' && range !== undefined ? maskBitsOf(rangeText, field.bits, n, shared) : field.bits,
      rangeText,
      range,
      amplification: amplificationOf(keywords.get(`$P${n}E`)?.value, n, isInteger, shared),
      gain: positive(keywords.get(`$P${n}G`)?.value),
      voltage: keywords.get(`$P${n}V`)?.value || undefined,
      isTime: isTimeName(name),
    };
  });
  reportShared(shared, keywords, findings);
  reportNotes(parameters, keywords, findings);
  return parameters;
}

/** Time, HDR-T, TIME_LSW, TIME_MSW, and the like; not "Timer", not "T1" (a marker could be called so). */
function isTimeName(name: string): boolean {
  return /^(<?time>?|hdr-t|time_[lm]sw|time #?\d|hdr-time|time1)$/i.test(name);
}

function say(shared: Shared, code: string, severity: 'warning' | 'note', message: string, name: string): void {
  const entry = shared.get(`${code} ${message}`) ?? { severity, message, names: [] };
  entry.names.push(name);
  shared.set(`${code} ${message}`, entry);
}

const sharedCodes = [
  'fcs.pnr-invalid',
  'fcs.pnr-exceeds-bits',
  'fcs.pnr-not-power-of-two',
  'fcs.pne-missing',
  'fcs.pne-invalid',
  'fcs.pne-zero-offset',
  'fcs.pne-log-on-float',
] as const;

function reportShared(shared: Shared, keywords: Keywords, findings: Findings): void {
  for (const [key, { severity, message, names }] of shared) {
    const code = sharedCodes.find((known) => key.startsWith(`${known} `));
    if (code === undefined) throw new Error(`no such finding: ${key}`);
    const place = keywords.get(names[0]?.split(' ')[0] ?? '')?.offsetBytes;
    findings.add(severity, code, `${andMore(names)}: ${message}`, place);
  }
}

function uniqueNames(count: number, keywords: Keywords, version: string, findings: Findings): string[] {
  const used = new Set<string>();
  const missing: string[] = [];
  const duplicate: string[] = [];
  const names = Array.from({ length: count }, (_, i) => {
    const written = keywords.get(`$P${i + 1}N`)?.value;
    if (!written) missing.push(`$P${i + 1}N`);
    const base = written || `P${i + 1}`;
    let name = base;
    for (let copy = 2; used.has(name); copy++) name = `${base}#${copy}`;
    if (name !== base) duplicate.push(`$P${i + 1}N "${base}"`);
    used.add(name);
    return name;
  });
  if (missing.length > 0) {
    const severity = version < 'FCS3.1' ? 'note' : 'warning';
    findings.add(severity, 'fcs.pnn-missing', `${andMore(missing)} missing; named by number, like "P3"`);
  }
  if (duplicate.length > 0) {
    const message = `${andMore(duplicate)}: a name used before; made unique by "#2"`;
    findings.add('warning', 'fcs.pnn-duplicate', message);
  }
  return names;
}

function rangeOf(text: string, n: number, isInteger: boolean, shared: Shared): number | undefined {
  const whole = wholeNumber(text);
  // A range of 1 would leave no bit of an integer: it is none.
  if (whole !== undefined && whole > (isInteger ? 1 : 0)) return whole;
  // 64-bit integers have ranges that a double holds only nearly; their mask is found from the digits.
  if (isInteger && /^[1-9]\d{15,19}$/.test(text) && BigInt(text) <= 2n ** 64n) return Number(text);
  const label = text === '' ? `$P${n}R missing` : `$P${n}R ${shown(text)}`;
  const number = /^\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!isInteger && number > 0 && Number.isFinite(number)) {
    say(shared, 'fcs.pnr-invalid', 'note', 'no whole number; it bounds nothing in float data', label);
    return number;
  }
  const effect = isInteger
    ? 'all bits of the value were kept'
    : 'the range is unknown; it bounds nothing in float data';
  say(shared, 'fcs.pnr-invalid', isInteger ? 'warning' : 'note', `no range; ${effect}`, label);
  return undefined;
}

/** @param rangeText a whole number above 0, which may be larger than a double holds exactly */
function maskBitsOf(rangeText: string, bits: number, n: number, shared: Shared): number {
  const range = BigInt(rangeText);
  const label = `$P${n}R ${range}`;
  const needed = bitsFor(range);
  if (needed > bits) {
    const message = `more than ${bits} bits can hold; all bits of the value were kept`;
    say(shared, 'fcs.pnr-exceeds-bits', 'warning', message, label);
    return bits;
  }
  if (range === 2n ** 32n && bits === 32) {
    // Legal, but the number itself needs 33 bits: readers that shift 32-bit integers fail here.
    say(shared, 'fcs.pnr-exceeds-bits', 'note', 'the whole 32 bits count', label);
  }
  if (2n ** BigInt(needed) !== range) {
    const message = 'no power of two; the mask was taken from the next one';
    say(shared, 'fcs.pnr-not-power-of-two', 'note', message, label);
  }
  return needed;
}

/** ⌈log2(range)⌉, exact: the digits of the largest value in base 2. */
function bitsFor(range: bigint): number {
  return (range - 1n).toString(2).length;
}

const linear: Amplification = { decades: 0, offset: 0 };

function amplificationOf(text: string | undefined, n: number, isInteger: boolean, shared: Shared): Amplification {
  if (text === undefined || text === '') {
    say(shared, 'fcs.pne-missing', 'note', 'missing; read as linear (0,0)', `$P${n}E`);
    return linear;
  }
  const label = `$P${n}E ${shown(text)}`;
  const match = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*,\s*(\d+(?:\.\d*)?|\.\d+)\s*$/.exec(text);
  if (match === null) {
    say(shared, 'fcs.pne-invalid', 'warning', 'no pair of numbers; the values were left as stored', label);
    return linear;
  }
  const decades = Number(match[1]);
  const offset = Number(match[2]);
  if (decades > 0 && !isInteger) {
    const message = 'a logarithmic amplifier on float data; never applied, floats are linear';
    say(shared, 'fcs.pne-log-on-float', 'note', message, label);
    return { decades, offset };
  }
  if (decades > 0 && offset === 0) {
    say(shared, 'fcs.pne-zero-offset', 'warning', 'the lowest value of a log amplifier cannot be 0; 1 was used', label);
    return { decades, offset: 1 };
  }
  return { decades, offset };
}

function positive(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}

function reportNotes(parameters: readonly FcsParameter[], keywords: Keywords, findings: Findings): void {
  if (parameters.every((parameter) => parameter.stain === undefined)) {
    findings.add('note', 'fcs.stain-absent', 'no parameter says what it stains ($PnS)');
  }
  const vendorGains = [...keywords.keys()].filter((key) => /^CYTEKP\d+G$/.test(key));
  if (vendorGains.length > 0) {
    const message = `gains stand in vendor keywords (${andMore(vendorGains)}); recorded, not applied`;
    findings.add('note', 'fcs.gain-vendor', message, keywords.get(vendorGains[0] ?? '')?.offsetBytes);
  }
  const time = parameters.find((parameter) => parameter.isTime);
  if (time !== undefined && positive(keywords.get('$TIMESTEP')?.value) === undefined) {
    const message = `"${time.name}" is a time channel, but $TIMESTEP is missing or no number: its unit is unknown`;
    findings.add('note', 'fcs.timestep-missing', message, keywords.get('$TIMESTEP')?.offsetBytes);
  }
}
