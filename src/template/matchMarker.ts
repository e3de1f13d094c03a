import { type MarkerAliases, markerAliases } from './markerAliases.ts';
import { measureOf, type ScatterLabel, scatterLabel } from './scatterLabel.ts';
import type { TemplateMarker } from './template.ts';
import { namesMarker, tokens } from './tokens.ts';

/** What a tube says of one of its channels. */
export interface TubeParameter {
  readonly index: number;
  /** $PnN. */
  readonly name: string;
  /** $PnS; empty where absent. */
  readonly stain: string;
}

/** A channel with its labels taken apart. */
export interface LabelledChannel {
  readonly parameter: TubeParameter;
  /** Words of $PnS and of $PnN; none where the text speaks of scatter. */
  readonly stain: readonly string[];
  readonly name: readonly string[];
  readonly scatter: ScatterLabel | undefined;
}

export function labelledChannel(parameter: TubeParameter): LabelledChannel {
  return {
    parameter,
    stain: wordsOf(parameter.stain),
    name: wordsOf(parameter.name),
    scatter: scatterOf(parameter),
  };
}

/**
 * The channels that a marker of a template may mean. `channel:` decides alone; else whole tokens of $PnS over all
 * channels, and only where none matches those of $PnN: first the spellings that the author wrote, with those that are
 * known of such a name. Scatter is read as light and pulse, where $PnN has the say on the pulse.
 * @param others the other markers of the template: what they are called is theirs
 */
export function matchMarker(
  marker: TemplateMarker,
  channels: readonly LabelledChannel[],
  others: readonly TemplateMarker[],
): readonly TubeParameter[] {
  if (marker.channel !== undefined) return byChannel(marker.channel, channels);
  const scatter = scatterLabel(marker.name);
  const found = scatter === undefined ? byStain(marker, channels, others) : byScatter(marker, scatter, channels);
  return found.map(({ parameter }) => parameter);
}

function byChannel(written: string, channels: readonly LabelledChannel[]): TubeParameter[] {
  const wanted = written.trim().toLowerCase();
  const named = channels.filter(({ parameter }) => parameter.name.trim().toLowerCase() === wanted);
  // Names that differ by case only are two channels, unless one of them is exactly the one asked for.
  const exact = named.filter(({ parameter }) => parameter.name === written);
  return (exact.length > 0 ? exact : named).map(({ parameter }) => parameter);
}

function byStain(
  marker: TemplateMarker,
  channels: readonly LabelledChannel[],
  others: readonly TemplateMarker[],
): readonly LabelledChannel[] {
  const taken = new Set(others.flatMap(({ name, aliases }) => [name, ...aliases]).map((text) => tokens(text).join('')));
  const isFree = (spelling: readonly string[]) => !taken.has(spelling.join(''));
  const known = markerAliases(marker.name);
  const written = marker.aliases.map(tokens);
  const own = [tokens(marker.name), ...written];
  const names = [...own, ...(known?.names.filter(isFree) ?? [])];
  const stained = (spellings: readonly (readonly string[])[]) =>
    channels.filter(({ stain }) => spellings.some((spelling) => namesMarker(stain, spelling)));
  // Where a spelling is there that the author added, what is commonly known has no say.
  if (stained(written).length > 0) return stained(own);
  const found = stained(names);
  if (found.length > 0) return [...found, ...kinOf(known, isFree, channels)];
  const alone = channels.filter(({ stain }) => known?.alone.filter(isFree).some((name) => isWhole(stain, name)));
  if (alone.length > 0) return alone;
  return channels.filter((one) => names.some((name) => namesMarker(one.name, name)));
}

/** Channels of another chain of the molecule, which the template has no marker for. */
function kinOf(
  known: MarkerAliases | undefined,
  isFree: (spelling: readonly string[]) => boolean,
  channels: readonly LabelledChannel[],
): readonly LabelledChannel[] {
  const kin = known?.kin.filter(isFree) ?? [];
  return channels.filter(({ stain }) => kin.some((name) => namesMarker(stain, name)));
}

function isWhole(stain: readonly string[], name: readonly string[]): boolean {
  return stain.join('') === name.join('');
}

function byScatter(
  marker: TemplateMarker,
  wanted: ScatterLabel,
  channels: readonly LabelledChannel[],
): readonly LabelledChannel[] {
  const spellings = [marker.name, ...marker.aliases];
  const isSpelled = (text: string) => spellings.some((one) => isWhole(tokens(one), tokens(text)));
  const fitting = channels.filter(({ scatter }) => scatter !== undefined && fits(scatter, wanted));
  const exact = fitting.filter(({ parameter: { name, stain } }) => isSpelled(name) || isSpelled(stain));
  if (exact.length > 0) return exact;
  if (fitting.length > 0) return fitting;
  // An author's alias may be a word that says nothing of light or pulse.
  const written = marker.aliases.map(tokens);
  const isOther = ({ scatter }: LabelledChannel) => scatter !== undefined && scatter.measure !== undefined;
  const has = (words: readonly string[]) => written.some((name) => namesMarker(words, name));
  return channels.filter(
    (one) => !isOther(one) && (has(tokens(one.parameter.stain)) || has(tokens(one.parameter.name))),
  );
}

/** A marker that names no laser takes any; one that names no pulse likewise. */
function fits(found: ScatterLabel, wanted: ScatterLabel): boolean {
  return (
    found.light === wanted.light &&
    (wanted.measure === undefined || found.measure === wanted.measure) &&
    (wanted.laser === '' || found.laser === wanted.laser)
  );
}

/** Scatter by $PnN, else by $PnS; a $PnS shared by area, height and width says nothing of the pulse. */
function scatterOf({ name, stain }: TubeParameter): ScatterLabel | undefined {
  const named = scatterLabel(name);
  const stained = scatterLabel(stain);
  if (named === undefined) {
    return stained === undefined ? undefined : { ...stained, measure: measureOf(name) ?? stained.measure };
  }
  // A stain that names the other light contradicts the name: neither is believed.
  if (stained !== undefined && stained.light !== named.light) return undefined;
  return { ...named, measure: named.measure ?? stained?.measure };
}

/** `FL1 INT LIN` and `FS-Lin` speak of electronics: `Lin` there is no lineage cocktail. */
const electronics = /^(int|peak|tof|lin|log|fl\d+|height|width|area)$/;

function wordsOf(text: string): readonly string[] {
  if (scatterLabel(text) !== undefined) return [];
  const words = tokens(text);
  const isDetector = words.every((word) => electronics.test(word) || /^[ahw]$/.test(word));
  return isDetector ? words.filter((word) => !/^(lin|log)$/.test(word)) : words;
}
