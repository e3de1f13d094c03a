import { type Endpoint, isValueMeasure } from '../analysis/index.ts';
import type { TubeFacts, TubeValues } from './tubeFacts.ts';

/** The number of one tube by one endpoint. */
export interface OwnValue {
  /** What the endpoint compares: a percentage, cells per µL, or a value of its own; null where there is none. */
  readonly value: number | null;
  /** Share of the denominator, in percent. */
  readonly percent: number | null;
  /** Cells per µL, or the value that is no share. */
  readonly absolute: number | null;
  /** Events of the denominator; of a ratio those of both populations. */
  readonly of: number | null;
  /** Why there is no value, where more is known than that. */
  readonly reason?: string;
  /** Of another tube that the value rests on. */
  readonly flags?: readonly string[];
}

/** The rows beside a tube's own on which an endpoint rests. */
export interface OtherRows {
  /** Of a ratio: the other population in the same tube. */
  readonly partner: ReadonlyMap<string, TubeValues>;
  /** Of a background: the control tubes of a tube. */
  readonly controls: (row: TubeValues) => readonly TubeValues[];
}

/** Finds the other population of a ratio, and the controls of a background. */
export function otherRows(
  { value, panel }: Endpoint,
  own: readonly TubeValues[],
  byPopulation: ReadonlyMap<string, readonly TubeValues[]>,
): OtherRows {
  const others = value?.kind === 'ratio' ? (byPopulation.get(value.to) ?? []) : [];
  const partner = others.filter((row) => panel === undefined || row.panel === panel);
  const role = value?.kind === 'control' ? value.role : undefined;
  const controls = role === undefined ? [] : own.filter((row) => row.role === role && row.status !== 'excluded');
  return {
    partner: new Map(partner.map((row) => [row.sampleId, row])),
    controls: (row) => {
      const named = controls.filter(({ controlOf }) => controlOf.includes(row.sampleId));
      if (named.length > 0) return named;
      return controls.filter(
        ({ controlOf, subject, visit, panel: of }) =>
          controlOf.length === 0 && subject === row.subject && visit === row.visit && of === row.panel,
      );
    },
  };
}

/** What a tube says of an endpoint, whatever the endpoint is. */
export function ownValue(
  row: TubeValues,
  endpoint: Endpoint,
  beside: { readonly medianOf: TubeFacts['medianOf']; readonly others: OtherRows },
): OwnValue {
  const { measure, value } = endpoint;
  switch (value?.kind) {
    case undefined: {
      // Beside cells per µL stands the share of the parent.
      const share = isValueMeasure(measure) ? 'pct_parent' : measure;
      const [percent, absolute] = [numberBy(share, row), numberBy('cells_per_ul', row)];
      return { value: numberBy(measure, row), percent, absolute, of: row.denominatorCounts[share] ?? null };
    }
    case 'median': {
      const found = numberBy(measure, row) ?? beside.medianOf?.(row.sampleId, row.population, value.marker) ?? null;
      return { value: found, percent: null, absolute: found, of: null };
    }
    case 'ratio':
      return ratioOf(row, beside.others.partner.get(row.sampleId));
    case 'control':
      return overControl(row, value, beside.others.controls(row));
    default:
      return value satisfies never;
  }
}

const nothing = { value: null, percent: null, absolute: null, of: null } as const;

/** (k + ½) ÷ (m + ½): a zero in either has a value, and every tube is treated alike. */
function ratioOf(row: TubeValues, other: TubeValues | undefined): OwnValue {
  if (other === undefined || other.status !== 'ok') return { ...nothing, reason: other?.reason ?? 'no_value' };
  if (row.count === null || other.count === null) return { ...nothing, reason: 'no_counts' };
  const ratio = (row.count + 0.5) / (other.count + 0.5);
  return { value: ratio, percent: null, absolute: ratio, of: row.count + other.count, flags: other.flags };
}

type Background = Extract<NonNullable<Endpoint['value']>, { kind: 'control' }>;

/** A share against that of the control: percentage points above it, or the fold with half an event in each. */
function overControl(row: TubeValues, { share, background }: Background, controls: readonly TubeValues[]): OwnValue {
  const [control] = controls;
  if (control === undefined) return { ...nothing, reason: 'no_control' };
  if (controls.length > 1) return { ...nothing, reason: 'several_controls' };
  const of = row.denominatorCounts[share] ?? null;
  if (control.status !== 'ok') return { ...nothing, of, reason: `control_${control.status}` };
  const [own, empty] = [numberBy(share, row), numberBy(share, control)];
  if (own === null || empty === null) return { ...nothing, of };
  const value = background === 'difference' ? own - empty : foldOf(row, control, share, own / empty);
  const isNumber = value !== null && Number.isFinite(value);
  return { value: isNumber ? value : null, percent: own, absolute: isNumber ? value : null, of, flags: control.flags };
}

function foldOf(row: TubeValues, control: TubeValues, share: string, plain: number): number | null {
  const [n, m] = [row.denominatorCounts[share] ?? null, control.denominatorCounts[share] ?? null];
  if (row.count === null || control.count === null || n === null || m === null) return plain;
  return (row.count + 0.5) / (n + 1) / ((control.count + 0.5) / (m + 1));
}

function numberBy(measure: string, { values }: TubeValues): number | null {
  return Object.hasOwn(values, measure) ? (values[measure] ?? null) : null;
}
