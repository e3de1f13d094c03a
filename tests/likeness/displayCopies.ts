import { compensateColumn, makeCompensator, spilloverFromKeywords } from '../../src/compensation/index.ts';
import { type FcsFile, openFile, readFcs, readSample } from '../../src/fcs/index.ts';
import { makeScale } from '../../src/scale/index.ts';
import { sortedFinite } from '../../src/statistics/index.ts';
import { type ValuesShape, valuesShape } from '../../src/tube/index.ts';

const logicle = makeScale({ kind: 'logicle', T: 262_144, W: 0.5, M: 4.5, A: 0 });
const biex = makeScale({
  kind: 'biex',
  channelRange: 4096,
  positive: 4.5,
  negative: 0,
  widthBasis: -10,
  maxValue: 262_144,
});
const wideBiex = makeScale({
  kind: 'biex',
  channelRange: 4096,
  positive: 4.418,
  negative: 0,
  widthBasis: -100,
  maxValue: 262_144,
});
const within = (value: number, last: number): number => Math.min(last, Math.max(0, value));
const channel = (x: number, top: number, decades: number, channels: number): number =>
  within((channels / decades) * Math.log10(Math.max((x / top) * 10 ** decades, 1)), channels - 1);

/** What programs write of a linear value x, of an instrument whose values end at `top`. */
export const displayKinds: Readonly<Record<string, (x: number, top: number) => number>> = {
  'log, channels 0-1023': (x, top) => channel(x, top, 4, 1024),
  'log, whole channels 0-1023': (x, top) => Math.floor(channel(x, top, 4, 1024)),
  'log of 5 decades, whole channels 0-1023': (x, top) => Math.floor(channel(x, top, 5, 1024)),
  'log, whole channels 0-255': (x, top) => Math.floor(channel(x, top, 4, 256)),
  'logicle, 0-4.5': (x) => 4.5 * logicle.forward(x),
  'logicle, whole channels 0-1023': (x) => Math.floor(within(1023 * logicle.forward(x), 1023)),
  'logicle, 0-262143': (x) => within(262_143 * logicle.forward(x), 262_143),
  'arcsinh, cofactor 5': (x) => Math.asinh(x / 5),
  'arcsinh, cofactor 150': (x) => Math.asinh(x / 150),
  'log10, held at 1': (x) => Math.log10(Math.max(x, 1)),
  'log10, nothing below zero': (x) => Math.log10(x),
  'log2, held at 1': (x) => Math.log2(Math.max(x, 1)),
  'log2(1 + x)': (x) => Math.log2(1 + Math.max(x, 0)),
  'ln(1 + x)': (x) => Math.log1p(Math.max(x, 0)),
  'biex, 0-4096': (x) => biex.forward(x),
  'wide biex, 0-4096': (x) => wideBiex.forward(x),
  'biex, whole channels 0-255': (x) => Math.floor(within(biex.forward(x) / 16, 255)),
  'biex, 0-262143': (x) => Math.floor(within(biex.forward(x) * 64, 262_143)),
};

/** A real tube, linear and compensated by its own matrix, a sample of its events. */
export interface RealTube {
  readonly file: FcsFile;
  readonly stored: readonly Float64Array[];
  readonly compensated: readonly Float64Array[];
}

export function realTube(path: string): RealTube {
  const source = openFile(path, 'tube.fcs');
  try {
    const file = readFcs(source).value ?? readFcs(source, { dataSet: 1 }).value;
    if (file === undefined) throw new Error(`${path} cannot be read`);
    const stored = readSample(source, file, 10_000);
    return { file, stored, compensated: compensated(file, stored) };
  } finally {
    source.close();
  }
}

function compensated(file: FcsFile, stored: readonly Float64Array[]): readonly Float64Array[] {
  const spillover = spilloverFromKeywords(file.keywords, file.parameters, {}).value;
  if (!spillover) return stored;
  const compensator = makeCompensator(spillover);
  const indexOf = (name: string) => file.parameters.findIndex((one) => one.name === name);
  return file.parameters.map(({ name }, i) => {
    const weights = compensator.weights(name);
    if (!weights) return stored[i]!;
    const out = new Float64Array(stored[i]!.length);
    compensateColumn(
      weights.channels.map((one) => stored[indexOf(one)]!),
      weights.weights,
      out,
    );
    return out;
  });
}

/** Some events of a tube. */
export type Extract = (column: Float64Array) => Float64Array;

export function linearShapes({ file, stored }: RealTube, extract: Extract): ValuesShape[] {
  return file.parameters.flatMap((parameter, i) => valuesShape(parameter, sortedFinite(extract(stored[i]!))) ?? []);
}

/** The stains of a tube as a program writes them on a display scale, floats with the instrument's $PnR; scatter stays. */
export function displayShapes(tube: RealTube, extract: Extract, kind: (x: number, top: number) => number) {
  return tube.file.parameters.flatMap((parameter, i): ValuesShape[] => {
    const own = valuesShape(parameter, sortedFinite(extract(tube.stored[i]!)));
    if (own === undefined || own.role === 'other') return own === undefined ? [] : [own];
    const top = parameter.amplification.decades > 0 ? 10_000 : (parameter.range ?? 262_144);
    const column = extract(tube.compensated[i]!).map((x) => kind(x, top));
    const shape = valuesShape({ ...parameter, dataType: 'F' }, sortedFinite(column));
    return shape === undefined ? [] : [shape];
  });
}
