import { ticks } from 'd3-array';

/** A line of an axis with its words; without words it is a minor one. */
export interface ScaleTick {
  readonly value: number;
  readonly label: string;
}

/** Where values lie on an axis: 0 at its low end, 1 at its high end. */
export interface ValueScale {
  readonly isLog: boolean;
  readonly ticks: readonly ScaleTick[];
  /** A zero on a logarithmic axis lies on its floor. */
  place(value: number): number;
}

/** An axis for values that are not negative; logarithmic ones begin and end at 1, 2 or 5 of a decade. */
export function valueScale(values: readonly number[], isLog: boolean): ValueScale {
  return isLog && values.some((value) => value > 0) ? logScale(values) : linearScale(values);
}

function linearScale(values: readonly number[]): ValueScale {
  const most = Math.max(0, ...values);
  const own = ticks(0, most === 0 ? 1 : most, 5);
  const step = (own[1] ?? 1) - (own[0] ?? 0);
  const top = Math.ceil((most || 1) / step - 1e-9) * step;
  const all = ticks(0, top, 5);
  return { isLog: false, ticks: all.map(labelled), place: (value) => value / top };
}

// More labels than this would touch on a small figure.
const mostLabels = 7;

function logScale(values: readonly number[]): ValueScale {
  const positive = values.filter((value) => value > 0);
  const low = roundedDown(Math.min(...positive) * (values.includes(0) ? 0.6 : 1));
  const high = roundedUp(Math.max(...positive));
  const [from, to] = low === high ? [roundedDown(low * 0.9), roundedUp(high * 1.1)] : [low, high];
  const all = steps(from, to);
  const isDense = all.length > mostLabels;
  const span = Math.log(to / from);
  return {
    isLog: true,
    ticks: all.map((value) => (isDense && !isDecade(value) ? { value, label: '' } : labelled(value))),
    place: (value) => (value <= 0 ? 0 : Math.log(value / from) / span),
  };
}

const factors = [1, 2, 5] as const;

/** 1, 2 and 5 of every decade. */
function steps(from: number, to: number): number[] {
  const all: number[] = [];
  for (let exponent = Math.floor(Math.log10(from)) - 1; exponent <= Math.ceil(Math.log10(to)) + 1; exponent++) {
    for (const factor of factors) all.push(Number(`${factor}e${exponent}`));
  }
  return all.filter((value) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9));
}

function roundedDown(value: number): number {
  return steps(value / 10, value).at(-1) ?? value;
}

function roundedUp(value: number): number {
  return steps(value, value * 10)[0] ?? value;
}

function isDecade(value: number): boolean {
  return Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9);
}

function labelled(value: number): ScaleTick {
  return { value, label: String(Number(value.toPrecision(6))) };
}
