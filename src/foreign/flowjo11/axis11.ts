import { makeScale, type ScaleSpec } from '../../scale/index.ts';
import { BIEX_CHANNELS } from '../flowjo/display.ts';
import type { CompensationRef, ForeignAxis, ForeignDisplay } from '../model.ts';
import type { WorkbenchAxis } from './workbench.ts';

/** How a channel is compensated, by its name in the workbench. */
export type NamedChannel = (name: string) => { readonly channel: string; readonly compensation: CompensationRef };

/** An axis whose coordinates are places on the display, 0 … the gate's resolution. */
export interface DisplayAxis {
  /** For straight sides. */
  readonly linear: ForeignAxis;
  /** For edges that are straight on the display. */
  readonly shown: ForeignAxis;
  /** A place in linear units; infinite beyond the ends of a table. */
  readonly toLinear: (place: number) => number;
  /** A place on the scale of `shown`. */
  readonly toShown: (place: number) => number;
  /** Coordinates of `shown` per place. */
  readonly perPlace: number;
}

const USUAL_LENGTH = 256;

/** @returns the fault in words where the axis cannot be used */
export function displayAxis(
  { parameterSpec: { name }, transform }: WorkbenchAxis,
  gateResolution: number | undefined,
  named: NamedChannel,
): DisplayAxis | string {
  const length = gateResolution ?? transform.vectorLength ?? USUAL_LENGTH;
  const { channel, compensation } = named(name);
  const plain: ForeignAxis = { source: { kind: 'channel', name: channel }, compensation, scale: null, gain: 1 };
  const shown = shownBy(transform);
  if (typeof shown === 'string') return `"${name}": ${shown}`;
  const linear: ForeignAxis = { ...plain, display: shown.display };
  if (!('spec' in shown)) {
    const { min, max } = shown.display;
    const perPlace = (max - min) / length;
    const toLinear = (place: number): number => min + place * perPlace;
    return { linear, shown: linear, toLinear, toShown: toLinear, perPlace };
  }
  const { spec } = shown;
  const perPlace = shown.top / length;
  const { inverse } = makeScale(spec);
  return {
    linear,
    shown: { ...linear, scale: { spec, boundMin: null, boundMax: null } },
    toLinear: (place) => inverse(place * perPlace),
    toShown: (place) => place * perPlace,
    perPlace,
  };
}

type Shown =
  | { readonly display: Extract<ForeignDisplay, { kind: 'linear' }> }
  | { readonly display: Exclude<ForeignDisplay, { kind: 'linear' }>; readonly spec: ScaleSpec; readonly top: number };

function shownBy(transform: WorkbenchAxis['transform']): Shown | string {
  switch (transform.transformType) {
    case 'Linear': {
      const { minRange: min = 0, maxRange: max = 0 } = transform;
      return max > min ? { display: { kind: 'linear', min, max } } : `its axis runs from ${min} to ${max}`;
    }
    case 'Log': {
      const { decadesOffset = 1, numberDecades: decades = 0, shift = 0, negate = false } = transform;
      if (shift !== 0 || negate) return 'its logarithmic axis is shifted or turned round';
      if (!(decades > 0)) return `its axis has ${decades} decades`;
      const offset = 10 ** (decadesOffset - 1);
      return { display: { kind: 'log', offset, decades }, spec: { kind: 'flowjo-log', offset, decades }, top: 1 };
    }
    case 'Biex': {
      const {
        T: maxValue = Number.NaN,
        A: negative = 0,
        M: positive = Number.NaN,
        W: widthBasis = Number.NaN,
      } = transform;
      if (!(maxValue > 0 && positive > 0 && widthBasis < 0)) return 'its biexponential axis lacks a parameter';
      const spec = { kind: 'biex', channelRange: BIEX_CHANNELS, positive, negative, widthBasis, maxValue } as const;
      return { display: { kind: 'biex', spec }, spec, top: BIEX_CHANNELS };
    }
    default:
      return `its axis "${transform.transformType}" is not read here`;
  }
}
