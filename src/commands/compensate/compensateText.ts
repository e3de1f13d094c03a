import { cellDifferences } from '../../compensation/index.ts';
import { alignedTable } from '../../tables/index.ts';
import { spilloverMap } from '../inspect/spilloverMap.ts';
import type { Compared } from './comparedMatrix.ts';
import type { MeasuredSheet } from './measureSheet.ts';

/** Pairs that are listed, those that differ most first; coefficients.csv holds each. */
const LISTED = 10;
/** Below a tenth of a percent of light nothing is to be seen in a tube. */
const LEAST_LISTED = 0.001;

/** Controls, matrix and its differences from another one, for a terminal. */
export function compensateText(measured: MeasuredSheet, compared: Compared | undefined): string {
  const { controls, spillover } = measured;
  const head = ['control', 'channel', 'events', 'stained', 'background', 'height', 'off scale', 'remarks'];
  const rows = controls.map((one) => [
    one.name,
    one.isFound ? `${one.own} (found)` : one.own,
    String(one.gatedCount),
    String(one.positiveCount),
    one.backgroundOf === 'unstained' ? `unstained, ${one.backgroundCount}` : `its own, ${one.backgroundCount}`,
    one.height.toFixed(one.height < 100 ? 1 : 0),
    `${(100 * one.offScaleShare).toFixed(1)} %`,
    one.problems.map(({ code }) => code.replace('compensation.control-', '')).join(', '),
  ]);
  const map = `spillover in percent, row = dye, column = detector (condition number ${spillover.conditionNumber.toFixed(1)})\n${spilloverMap(spillover)}`;
  return `${alignedTable([head, ...rows])}\n${map}\n${comparedText(measured, compared)}`;
}

function comparedText({ spillover }: MeasuredSheet, compared: Compared | undefined): string {
  if (compared === undefined) return 'the controls carry no matrix to compare with (--against FILE names one)\n';
  const cells = cellDifferences(spillover, compared.spillover);
  const differing = cells
    .map((cell) => ({ ...cell, difference: cell.measured - cell.other }))
    .filter(({ difference }) => Math.abs(difference) >= LEAST_LISTED)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const source = `${compared.spillover.source === compared.name ? '' : `${compared.spillover.source} of `}${compared.name}`;
  if (differing.length === 0) return `no coefficient differs from ${source} by 0.1 % of the dye or more\n`;
  const head = ['dye', 'into', 'measured', 'there', 'difference'];
  const rows = differing
    .slice(0, LISTED)
    .map(({ dye, detector, measured, other, difference }) => [
      dye,
      detector,
      percent(measured),
      percent(other),
      `${difference > 0 ? '+' : '-'}${percent(Math.abs(difference))}`,
    ]);
  const more = differing.length > LISTED ? `and ${differing.length - LISTED} more in coefficients.csv\n` : '';
  return `compared with ${source}: the coefficients that differ most\n${alignedTable([head, ...rows])}${more}`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
