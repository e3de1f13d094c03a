import type { ForeignAxis, ForeignBoolean, ForeignGate, ForeignPoint } from '../model.ts';
import { CHANNELS, openEdge, shownAt } from './shownAt.ts';

/** A program that rewrites a number through its table of channels moves it by less, in channels of 4 096; a hand by more. */
const ROUNDING = 0.5;

/** Whether two gates, read from workspaces, are the same but for rounding. @param nameOf paths of what combinations name */
export function isSameGate(
  a: ForeignGate,
  b: ForeignGate,
  nameOf: readonly [(id: string) => string, (id: string) => string],
): boolean {
  if (a.kind === 'rectangle' && b.kind === 'rectangle') return isSameBox(a.dims, b.dims);
  if (a.kind === 'polygon' && b.kind === 'polygon') {
    return (
      areSameAxes(a.axes, b.axes) &&
      a.vertices.length === b.vertices.length &&
      a.vertices.every((point, i) => isNear(point, b.vertices[i]!, a.axes))
    );
  }
  if (a.kind === 'ellipsoid' && b.kind === 'ellipsoid') {
    const { axes } = a;
    const isSame = (x: number, y: number, by: number) => Math.abs(x - y) * by <= ROUNDING;
    return (
      areSameAxes(axes, b.axes) &&
      a.mean.every((at, d) => isSame(at, b.mean[d]!, perUnit(axes[d]!))) &&
      a.covariance.every((row, i) => isSame(Math.sqrt(row[i]!), Math.sqrt(b.covariance[i]![i]!), perUnit(axes[i]!)))
    );
  }
  if (a.kind === 'boolean' && b.kind === 'boolean') return wordsOf(a, nameOf[0]) === wordsOf(b, nameOf[1]);
  return false;
}

type Box = Extract<ForeignGate, { kind: 'rectangle' }>['dims'];

function isSameBox(a: Box, b: Box): boolean {
  if (a.length !== b.length) return false;
  return a.every((dim) => {
    const other = b.find(({ axis }) => isSameAxis(axis, dim.axis));
    return (
      other !== undefined && (['min', 'max'] as const).every((side) => isSameEdge(dim[side], other[side], dim.axis))
    );
  });
}

/** Whether two edges of an axis are the same but for rounding; an open one only of an open one. */
export function isSameEdge(a: number | null, b: number | null, axis: ForeignAxis): boolean {
  const [one, other] = [openEdge(a), openEdge(b)];
  if (one === null || other === null) return one === other;
  const shown = shownAt(axis);
  return one === other || (Math.abs(shown(one) - shown(other)) <= ROUNDING && isBarelyMoved(one, other));
}

/** At the end of an axis all values are shown alike: there the numbers themselves must be alike. */
function isBarelyMoved(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.01 * Math.max(1, Math.abs(a), Math.abs(b));
}

function isSameAxis(a: ForeignAxis, b: ForeignAxis): boolean {
  return JSON.stringify([a.source, a.compensation.kind]) === JSON.stringify([b.source, b.compensation.kind]);
}

function areSameAxes(a: readonly ForeignAxis[], b: readonly ForeignAxis[]): boolean {
  return a.length === b.length && a.every((axis, d) => isSameAxis(axis, b[d]!));
}

function isNear(a: ForeignPoint, b: ForeignPoint, axes: readonly ForeignAxis[]): boolean {
  return a.every((at, d) => Math.abs(at - b[d]!) * perUnit(axes[d]!) <= ROUNDING);
}

/** Channels of 4 096 per unit of an axis's own coordinates. */
function perUnit({ scale, display }: ForeignAxis): number {
  if (scale === null) return display?.kind === 'linear' ? CHANNELS / (display.max - display.min) : 1;
  return scale.spec.kind === 'biex' ? CHANNELS / scale.spec.channelRange : CHANNELS;
}

function wordsOf({ op, of }: ForeignBoolean, nameOf: (id: string) => string): string {
  const operands = of.map(
    (one) => `${one.isComplement ? '!' : ''}${'id' in one ? nameOf(one.id) : `(${wordsOf(one.inner, nameOf)})`}`,
  );
  return `${of.length < 2 ? '' : op} ${operands.sort().join(' ')}`;
}
