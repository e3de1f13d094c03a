import { markerAliases } from './markerAliases.ts';
import type { LabelledChannel } from './matchMarker.ts';
import type { TemplateMarker } from './template.ts';
import { tokens } from './tokens.ts';

/**
 * Antigens that a channel's label names beside the marker: `CD3/CD19/CD14` or `CD16+56` hold several antibodies in one
 * colour, and bright events of them are not those of one. Antigens of the marker's name, of its known spellings and of
 * the aliases that the author wrote are its own; for a marker without a number of the workshops there is no telling.
 */
export function otherAntigens(marker: TemplateMarker, { parameter, stain, name }: LabelledChannel): string[] {
  const known = markerAliases(marker.name);
  const spelled = [marker.name, ...marker.aliases].flatMap((text) => [...tokens(text), ...numbersBeside(text)]);
  const own = rootsOf([...spelled, ...[...(known?.names ?? []), ...(known?.kin ?? [])].flat()]);
  const label = parameter.stain === '' ? parameter.name : parameter.stain;
  const words = parameter.stain === '' ? name : stain;
  const others = rootsOf([...words, ...numbersBeside(label)]).filter((root) => !own.includes(root));
  // An isotype beside a CD ("CD3 IgM") is one of the antibody; beside an Ig it is another antigen.
  const families = new Set(own.map(familyOf));
  return others
    .filter((root) => families.has(familyOf(root)))
    .map((root) => root.replace(/^cd/, 'CD').replace(/^ig./, spelledIg));
}

function rootsOf(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => /^cd\d+/.exec(word)?.[0] ?? /^ig[adegm]$/.exec(word)?.[0] ?? []))];
}

/** `CD3/19/56`: numbers after a slash or plus that belong to the CD before them. */
function numbersBeside(text: string): string[] {
  const runs = text.match(/cd[\s-]?\d+[a-z]?(?:\s?[/+]\s?\d{1,3}[a-z]?(?![\p{L}\p{N}]))+/giu) ?? [];
  return runs.flatMap((run) => run.split(/[/+]/).slice(1)).map((number) => `cd${number.trim()}`);
}

function familyOf(root: string): string {
  return root.slice(0, 2);
}

function spelledIg(root: string): string {
  return `Ig${root.slice(2).toUpperCase()}`;
}
