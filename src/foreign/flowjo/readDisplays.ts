import { checkScale, makeScale, type ScaleSpec } from '../../scale/index.ts';
import { attribute, childOf, elementAt, numberAttribute, type XmlElement } from '../xml/element.ts';
import {
  BIEX_CHANNELS,
  biexDisplay,
  type ChannelDisplay,
  faulty,
  linearDisplay,
  logDisplay,
  ofUnit,
} from './display.ts';

/** Displays of a sample of FlowJo 10 by the name of the channel, with what marks it as compensated. */
export function readDisplays(sample: XmlElement): ReadonlyMap<string, ChannelDisplay> {
  const list = childOf(sample, 'Transformations')?.children ?? [];
  return new Map(
    list.flatMap((element) => {
      const parameter = childOf(element, 'parameter');
      const name = parameter && attribute(parameter, 'name');
      return name === undefined ? [] : [[name, readDisplay(element)] as const];
    }),
  );
}

function readDisplay(element: XmlElement): ChannelDisplay {
  const number = (name: string): number => numberAttribute(element, name) ?? Number.NaN;
  switch (element.name) {
    case 'linear': {
      const gain = numberAttribute(element, 'gain') ?? 1;
      return linearDisplay(number('minRange'), number('maxRange'), gain > 0 ? gain : 1);
    }
    case 'log':
      return logDisplay(number('offset'), number('decades'));
    case 'fasinh':
      return checked({ kind: 'asinh', T: number('T'), M: number('M'), A: number('A') }, ofUnit);
    case 'logicle':
      return checked({ kind: 'logicle', T: number('T'), W: number('W'), M: number('M'), A: number('A') }, ofUnit);
    case 'hyperlog':
      return checked({ kind: 'hyperlog', T: number('T'), W: number('W'), M: number('M'), A: number('A') }, ofUnit);
    case 'biex':
      return checked(biexSpec(number('pos'), number('neg'), number('width'), number('maxRange')), biexDisplay);
    default:
      return faulty(`the scale "${element.name}" is not known here`);
  }
}

/** @param width minus ten to the width in decades */
function biexSpec(positive: number, negative: number, width: number, maxValue: number) {
  return { kind: 'biex', channelRange: BIEX_CHANNELS, positive, negative, widthBasis: -Math.abs(width), maxValue };
}

function checked(
  written: Readonly<Record<string, unknown>>,
  make: (spec: ScaleSpec) => ChannelDisplay,
): ChannelDisplay {
  const { spec, faults } = checkScale(written);
  return spec === undefined ? faulty(faults.join('; ')) : make(spec);
}

/** Displays of FlowJo 7, which follow the file: $PnE, $PnG and $PnR of the sample's keywords. */
export function displaysOfKeywords(keywords: ReadonlyMap<string, string>): ReadonlyMap<string, ChannelDisplay> {
  const displays = new Map<string, ChannelDisplay>();
  for (let n = 1; keywords.has(`$P${n}N`); n++) {
    const of = (letter: string): string => keywords.get(`$P${n}${letter}`) ?? '';
    const [decades = 0, first = 0] = of('E').split(',').map(Number);
    const gain = Number(of('G')) || 1;
    const range = Number(of('R')) || CHANNELS_OF_18_BITS;
    const display = decades > 0 ? logDisplay(first || 1, decades) : linearDisplay(0, range / gain, 1 / gain);
    displays.set(of('N'), display);
  }
  return displays;
}

const CHANNELS_OF_18_BITS = 262144;

/** Displays of FlowJo 8 and 9 for Mac: `Parameter` elements, and tables for scales that are neither. */
export function readMacDisplays(
  sample: XmlElement,
  root: XmlElement,
  keywords: ReadonlyMap<string, string>,
): ReadonlyMap<string, ChannelDisplay> {
  const tables = elementAt(root, 'CalibrationTables')?.children ?? [];
  const fileRange = new Map<string, number>();
  for (let n = 1; keywords.has(`$P${n}N`); n++) {
    fileRange.set(keywords.get(`$P${n}N`) ?? '', Number(keywords.get(`$P${n}R`)));
  }
  const parameters = sample.children.filter(({ name }) => name === 'Parameter');
  return new Map(
    parameters.map((parameter) => {
      const name = attribute(parameter, 'name') ?? '';
      const number = (key: string): number => numberAttribute(parameter, key) ?? Number.NaN;
      const table = tables[number('calibrationIndex') - 1];
      if (attribute(parameter, 'log') === '1') {
        return [
          name,
          table === undefined ? logDisplay(number('lowValue'), number('decades')) : ofTable(table),
        ] as const;
      }
      // Channels of the display over those of the file, and its gain.
      const perStored = number('range') / (fileRange.get(name) || number('range'));
      const gain = perStored / (number('gain') || 1);
      return [name, linearDisplay(0, number('highValue'), Number.isFinite(gain) ? gain : 1)] as const;
    }),
  );
}

/** What FlowJo for Mac uses where a table does not tell its parameters: 4.5 decades, width basis −10. */
const USUAL_BIEX = { biexponentialDecades: 4.5, biexponentialNegDecades: 0, biexponentialWidth: -10 };
/** Tables are printed with 8 digits. */
const PRINTED = 1e-6;

/** The scale of a table, whose nodes must be those of its parameters. */
function ofTable(table: XmlElement): ChannelDisplay {
  const isTold = (numberAttribute(table, 'biexponentialDecades') ?? 0) > 0;
  const number = (name: keyof typeof USUAL_BIEX): number =>
    isTold ? (numberAttribute(table, name) ?? Number.NaN) : USUAL_BIEX[name];
  const spec = biexSpec(
    number('biexponentialDecades'),
    number('biexponentialNegDecades'),
    number('biexponentialWidth'),
    CHANNELS_OF_18_BITS,
  );
  const display = checked(spec, biexDisplay);
  const { inverse } = display.scale === null ? { inverse: () => Number.NaN } : makeScale(display.scale.spec);
  const pairs = table.text.split(',').map(Number);
  const isThis = [1, 500, 2000, 4000].every((channel) => {
    const [at, raw] = [pairs[2 * channel], pairs[2 * channel + 1]];
    return at === channel && Math.abs(inverse(channel) - raw!) <= PRINTED * Math.max(1, Math.abs(raw!));
  });
  return isThis
    ? display
    : faulty(`the table "${attribute(table, 'name') ?? ''}" is no biexponential one of known parameters`);
}
