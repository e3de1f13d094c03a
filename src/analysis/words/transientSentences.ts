import { isRatioScale, type ScaleName } from '../../statistics/index.ts';
import { type EffectWords, effectText, marginText } from './effectWords.ts';
import { pText } from './numberWords.ts';
import { adjustedText, cannotText, type Verdict } from './sentences.ts';

/** A later visit against one of the two that are compared. */
export interface LaterEffect {
  readonly later: string;
  readonly against: string;
  readonly effect: EffectWords | null;
  readonly nPairs: number;
}

export interface TransientVerdict extends Verdict {
  /** The visit that decides. */
  readonly later: string;
  /** All visits that were named; one or several. */
  readonly laters: readonly string[];
  readonly holds: 'all' | 'first';
  readonly by: 'fall' | 'equivalence';
  readonly margins: { readonly declared: readonly [number, number]; readonly scale: ScaleName } | null;
  /** Each later visit against the visit of the rise and against baseline. */
  readonly effects: readonly LaterEffect[];
}

/** Rise and later fall, or rise and return, with every effect that the claim rests on. */
export function transientSentence(v: TransientVerdict): string {
  const rise = v.effect
    ? ` (${v.to} ${signOf(v.effect)} ${v.from} ${effectText(v.effect)}, ${v.nUp} of ${v.nPairs} patients up)`
    : '';
  return `${v.subset} rose at ${v.to}${rise} and ${claimText(v)}: ${effectsText(v)}; ${iutText(v)}.`;
}

export function returnNotShownSentence(v: TransientVerdict): string {
  const what = v.by === 'fall' ? `a later fall ${byVisit(v)}` : `a return to baseline ${byVisit(v)}`;
  return `${cannotText(v)}${v.subset} rose at ${v.to}; ${what} was not shown: ${effectsText(v)}; ${iutText(v)}.`;
}

/** The rise itself lacks its own two-sided test; whatever came later is then not judged. */
export function riseNotShownSentence(v: TransientVerdict): string {
  const what = v.by === 'fall' ? 'fall' : 'return';
  return `${cannotText(v)}A rise of ${v.subset} at ${v.to} was not shown; a later ${what} is therefore not judged (${iutText(v)}).`;
}

function claimText(v: TransientVerdict): string {
  if (v.by === 'fall' || !v.margins)
    return v.laters.length > 1 && v.holds === 'all'
      ? `had fallen again at ${listOf(v.laters)}`
      : `fell again by ${v.later}`;
  return `was back within ${marginText(v.margins.declared, v.margins.scale)} of baseline at ${v.holds === 'all' ? listOf(v.laters) : v.later}`;
}

function byVisit(v: TransientVerdict): string {
  if (v.laters.length === 1) return `by ${v.later}`;
  return v.holds === 'all' ? `at all of ${listOf(v.laters)}` : `at any of ${listOf(v.laters)}`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function effectsText({ effects }: TransientVerdict): string {
  return effects
    .map(({ later, against, effect, nPairs }) => {
      const size = effect ? effectText(effect) : 'no estimate';
      return `${later} ${signOf(effect)} ${against} ${size}, ${nPairs} patients`;
    })
    .join('; ');
}

/** How two visits are set against each other. */
function signOf(effect: EffectWords | null): string {
  return !isRatioScale(effect?.scale ?? null) ? '−' : '÷';
}

function iutText(v: TransientVerdict): string {
  const over = v.laters.length > 1 && v.holds === 'first' ? `, Holm over ${v.laters.length} visits` : '';
  return `intersection–union ${pText(v.p)}${over}${adjustedText(v)}`;
}
