import type { Comparison } from '../analysisRows.ts';
import type { MemberRow } from './memberRow.ts';

/**
 * What many analyses say beside the planned one: in its own row and in the rows `draws` and `counting`, which hold
 * nothing else.
 */
export function stabilityCells({ analysis, gate, tippingPoint }: MemberRow): Partial<Comparison> {
  const isGateRow = analysis.analysis === 'primary' || analysis.analysis === 'draws';
  const hasGate = gate !== undefined && isGateRow;
  const gateCells: Partial<Comparison> = hasGate
    ? {
        gate_share: gate.share,
        gate_est_low: gate.estimates?.low ?? null,
        gate_est_high: gate.estimates?.high ?? null,
        gate_draws: gate.draws,
        gate_same: gate.same,
        gate_est_min: gate.estimates?.min ?? null,
        gate_est_max: gate.estimates?.max ?? null,
      }
    : {};
  const tipping = isGateRow ? { tipping_point: tippingPoint } : {};
  if (analysis.analysis === 'draws' && hasGate) return { ...gateCells, ...tipping, status: 'ok', reason: null };
  const { counting } = analysis;
  if (!counting) return { ...gateCells, ...tipping };
  const { share, low, high } = counting;
  return { boot_share: share, boot_est_low: low, boot_est_high: high, status: 'ok', reason: null };
}
