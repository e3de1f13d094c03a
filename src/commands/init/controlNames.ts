import type { NamePart } from './nameParts.ts';
import { seenVisit } from './visitWords.ts';

/** What a name says of a tube that is no sample. */
export type ControlName =
  | { readonly kind: 'role'; readonly role: 'fmo' | 'single' | 'unstained' | 'bridge' }
  /** A tube that the sheet has no role for, or none that is certain. */
  | { readonly kind: 'other'; readonly what: string };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const unstained = words(
  'unstained unstain unst nonstained notstained ungefarbt ungefaerbt autofluorescence autofluoreszenz autofluorescencia nonmarque nonmarquees sinmarcar sintenir sintincion notenido notenida',
);
const single = words(
  'single singles ss stainedcontrol stainedcontrols singlestain singlestained singlestains einzelfarbung einzelfaerbung einfachfarbung einfachfaerbung monomarquage simplemarquage tincionsimple',
);
const compensation = words('compensation comp comps kompensation komp compensacion');
const beads = words('bead beads compbeads ultracomp abcbeads kugeln billes perlas');
const isotype = words('isotype isotypes isotyp isotypkontrolle iso isotipo igg1 igg2a igg2b');
const instrument = words(
  'blank blanks leerwert blanc blanco water wasser eau agua pbs buffer puffer tampon rinse clean facsclean wash cst cstbeads rainbow flowcheck flowset flowpro dailyqc setupbeads spherotech calibration kalibration calibrage calibracion calibrite 8peak',
);
const general = words('negativkontrolle positivkontrolle negcontrol poscontrol negctrl posctrl');
const control = words('control controls ctrl ctrls kontrolle kontrollen controle controles temoin');
const sign = words('neg pos negative positive negativ positiv negatif positif negativo positivo');

// Dyes as tubes of single stains are named by; a marker alone may as well be a panel.
const dye =
  /^(fitc|pe|apc|percp|ecd|pb|pacblue|pacific|krome|kro|pc5|pc55|pc7|bv\d{3}|buv\d{3}|bb\d{3}|v(450|500)|af\d{3}|alexa\w*|cy\d|cy55|texas|dapi|zombie|viability|livedead|7aad|ef\d{3}|efluor\d*|qdot\d*|amcyan|vioblue|viogreen|spark\w*|pcy\d|percpcy\d+)$/;
const marker = /^(cd\d{1,3}[a-z]{0,2}|ig[adgm]|hla|hladr|foxp3|ki67|ccr\d|cxcr\d)$/;
// Words beside a dye that take nothing from its being a single stain.
const plain =
  /^(a|h|w|b|red|green|blue|orange|yellow|violet|aqua|fluor|the|tube|specimen|sample|only|cells|zellen|\d{1,4})$/;

/**
 * The role that a name claims, or what else it is if no sample; undefined for a sample.
 * @param parts of the file's own name, without its folders
 */
export function controlName(parts: readonly NamePart[]): ControlName | undefined {
  const keys = parts.map((part) => part.key);
  // "non stained", "sin teñir", "single stain", "neg ctrl": two words that speak together.
  const said = new Set([...keys, ...keys.slice(1).map((key, index) => `${keys[index]}${key}`)]);
  const has = (list: ReadonlySet<string>) => [...said].some((word) => list.has(word));
  const hasStain = keys.some((key) => dye.test(key) || marker.test(key));
  const isSingle = has(single) && !said.has('singlecells') && !said.has('singlecell');
  // A tube of a visit that was washed, or compensated when it was exported, is a patient's all the same.
  const isOfVisit = keys.some((key) => isVisit(key, keys));
  const isCompensation = has(compensation) && !isOfVisit;
  if (keys.some((key) => key.startsWith('fmo')) || said.has('minusone')) return { kind: 'role', role: 'fmo' };
  if (has(unstained)) return { kind: 'role', role: 'unstained' };
  if (said.has('bridge') || said.has('bridging')) return { kind: 'role', role: 'bridge' };
  if (has(isotype)) return { kind: 'other', what: 'an isotype control, for which the sheet has no role' };
  if (hasStain && !isOfVisit && (isCompensation || isSingle || has(beads))) return { kind: 'role', role: 'single' };
  if (isCompensation) return { kind: 'other', what: 'a tube for compensation that does not name its stain' };
  if (!isOfVisit && (said.has('cst') || has(instrument) || has(beads))) {
    return { kind: 'other', what: 'a tube of beads, of buffer or of the instrument' };
  }
  if (has(general) || (has(control) && has(sign))) return { kind: 'other', what: 'a control of no certain kind' };
  if (keys.some((key) => dye.test(key)) && keys.every((key) => dye.test(key) || marker.test(key) || plain.test(key))) {
    return { kind: 'role', role: 'single' };
  }
  return undefined;
}

/** "V1" is a detector as well as a visit: beside a code as people have it, it is a visit. */
function isVisit(key: string, keys: readonly string[]): boolean {
  const visit = seenVisit(key);
  const isPerson = (word: string) =>
    /^[a-z]{1,6}\d+[a-z]?$/.test(word) && seenVisit(word) === undefined && !dye.test(word) && !marker.test(word);
  return visit !== undefined && (visit.isSure || keys.some(isPerson));
}
