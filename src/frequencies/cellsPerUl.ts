/**
 * How cells per µL of blood are found, as study.yaml declares it.
 * dual: share of a class × the analyser's count of the same class; beads: cell events ÷ bead events × beads added ÷
 * blood volume (no washing after the beads); volumetric: cell events ÷ acquired volume × dilution.
 */
export type AbsoluteRule =
  | { readonly method: 'dual'; readonly column: string; readonly of: string }
  | { readonly method: 'beads'; readonly of: string }
  | { readonly method: 'volumetric' };

interface Counted {
  readonly count: number;
  /** Events of the rule's class (`of`) in the same tube; undefined where it was not counted. */
  readonly classCount: number | undefined;
  /** True where the population lies in the class: a share of it exists. */
  readonly isInClass: boolean;
  /** What the cytometer drew, $VOL in nL (FCS 3.1); null where the file does not say. The sheet's blood_ul goes before it. */
  readonly volumeNl: number | null;
  /** The sheet's numbers for this tube: beads_added, blood_ul, dilution, lymphocytes_per_ul … */
  readonly sheet: Readonly<Record<string, number>>;
}

/**
 * Cells per µL of blood of one population of one tube.
 * @returns null where the sheet lacks a number, the class is empty, or the population lies outside the counted class
 */
export function cellsPerUl(
  rule: AbsoluteRule,
  { count, classCount, isInClass, volumeNl, sheet }: Counted,
): number | null {
  switch (rule.method) {
    case 'dual': {
      const classPerUl = Object.hasOwn(sheet, rule.column) ? sheet[rule.column] : undefined;
      if (classPerUl === undefined || !isInClass || !isPositive(classCount)) return null;
      return (count / classCount) * classPerUl;
    }
    case 'beads': {
      const { beads_added: added, blood_ul: volume } = sheet;
      if (!isPositive(classCount) || !isPositive(added) || !isPositive(volume)) return null;
      return ((count / classCount) * added) / volume;
    }
    case 'volumetric': {
      const { blood_ul: written, dilution = 1 } = sheet;
      const volume = written ?? (volumeNl === null ? undefined : volumeNl / 1000);
      return isPositive(volume) ? (count / volume) * dilution : null;
    }
    default:
      return rule satisfies never;
  }
}

function isPositive(x: number | undefined): x is number {
  return x !== undefined && x > 0;
}
