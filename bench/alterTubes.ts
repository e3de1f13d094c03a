import { type ClassName, classNames } from '../samples/classes.ts';
import type { Cohort, TubeDesign } from '../samples/cohort.ts';
import { type BSubset, bShares } from '../samples/composition.ts';
import { type Marker, markers } from '../samples/panel.ts';

const bNames: readonly ClassName[] = [...(Object.keys(bShares) as BSubset[]), 'activated_naive'];

/** The cohort with some tubes changed after it was planned. */
export function alterTubes(
  cohort: Cohort,
  which: (tube: TubeDesign) => boolean,
  change: (tube: TubeDesign) => TubeDesign,
): Cohort {
  return { ...cohort, tubes: cohort.tubes.map((tube) => (which(tube) ? change(tube) : tube)) };
}

/** A tube whose B cells are made up anew: the named classes get these shares of B, the others share what is left. */
export function withSharesOfB(tube: TubeDesign, wanted: Readonly<Partial<Record<ClassName, number>>>): TubeDesign {
  const change = (shares: Float64Array) => {
    const own = bNames.map((name) => shares[classNames.indexOf(name)]!);
    const total = own.reduce((sum, share) => sum + share, 0);
    const fixed = bNames.reduce((sum, name) => sum + (wanted[name] ?? 0), 0);
    const free = bNames.reduce((sum, name, i) => sum + (wanted[name] === undefined ? own[i]! : 0), 0);
    const out = shares.slice();
    bNames.forEach((name, i) => {
      const asked = wanted[name];
      out[classNames.indexOf(name)] = asked === undefined ? ((1 - fixed) * total * own[i]!) / free : asked * total;
    });
    return out;
  };
  return { ...tube, shares: change(tube.shares), sharesBefore: change(tube.sharesBefore) };
}

/** A tube in which some classes are multiplied and all others scaled to the rest. */
export function withFactor(tube: TubeDesign, names: readonly ClassName[], factor: number): TubeDesign {
  const change = (shares: Float64Array) => {
    const out = shares.map((share, i) => (names.includes(classNames[i]!) ? share * factor : share));
    const total = out.reduce((sum, share) => sum + share, 0);
    return out.map((share) => share / total);
  };
  return { ...tube, shares: change(tube.shares), sharesBefore: change(tube.sharesBefore) };
}

/** A tube of which the B cells, all together, are this share of leukocytes. */
export function withShareOfBCells(tube: TubeDesign, share: number): TubeDesign {
  const now = bNames.reduce((sum, name) => sum + tube.shares[classNames.indexOf(name)]!, 0);
  return withFactor(tube, bNames, (share * (1 - now)) / (now * (1 - share)));
}

/** A tube whose staining gains are moved, in u. */
export function withGains(tube: TubeDesign, moved: Readonly<Partial<Record<Marker, number>>>): TubeDesign {
  return { ...tube, logGains: tube.logGains.map((gain, i) => gain + (moved[markers[i]!] ?? 0)) };
}

/** The cohort whose activated naive cells are this share of B, scattered by a fifth between tubes; other B cells scaled. */
export function withActivated(cohort: Cohort, [atM1, elsewhere]: readonly [number, number]): Cohort {
  return alterTubes(
    cohort,
    () => true,
    (tube) => {
      // Scatter from the tube's own key, so that both plans of one cohort share it.
      const scatter = Math.exp(0.2 * Math.sin(12.9898 * tube.key[0] + 78.233 * tube.key[1]));
      const before = withSharesOfB(tube, { activated_naive: elsewhere * scatter });
      if (tube.visit !== 'M1') return before;
      const after = withSharesOfB(tube, { activated_naive: atM1 * scatter });
      return { ...before, shares: after.shares };
    },
  );
}
