import { nearestName, type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { type LabelledChannel, labelledChannel, matchMarker, type TubeParameter } from './matchMarker.ts';
import { otherAntigens } from './otherAntigens.ts';
import type { Template, TemplateMarker } from './template.ts';
import { namesMarker, tokens } from './tokens.ts';
import { usedMarkers } from './usedMarkers.ts';

/** Which channel of a tube holds which marker of the template. */
export interface MarkerMap {
  /** Marker -> $PnN, in the order of the template. */
  readonly channels: ReadonlyMap<string, string>;
  /** Optional markers that the template looks at and the tube does not have. */
  readonly absent: readonly string[];
}

/**
 * Finds every marker of a template among a tube's channels: by `channel:`, else by the words of $PnS and $PnN. Two
 * channels for a marker, or two markers for a channel, are left to the author; so is a marker that nobody has, unless it
 * is optional. Markers that nothing looks at are no problem.
 * @param where the tube, for its problems
 */
export function resolveMarkers(
  template: Template,
  parameters: readonly TubeParameter[],
  where: Where,
): Reading<MarkerMap> {
  const problems: Problem[] = [];
  const labelled = parameters.map(labelledChannel);
  const used = new Set(usedMarkers(template));
  const channels = new Map<string, string>();
  const absent: string[] = [];
  for (const marker of template.markers) {
    const others = template.markers.filter((other) => other !== marker);
    const matches = matchMarker(marker, labelled, others);
    const [match] = matches;
    if (match !== undefined && matches.length === 1) channels.set(marker.name, match.name);
    else if (!used.has(marker.name)) continue;
    else if (match !== undefined) problems.push(twoChannels(marker, matches, where));
    else if (marker.optional) absent.push(marker.name);
    else problems.push(missing(marker, template, parameters, where));
  }
  problems.push(...twoMarkers(channels, used, where), ...pooledStains(template, labelled, channels, where));
  return { value: problems.length > 0 ? undefined : { channels, absent }, problems };
}

function twoChannels(marker: TemplateMarker, matches: readonly TubeParameter[], where: Where): Problem {
  const found = matches.map(inWords).join(' and ');
  const hint = `decide it in the template: ${marker.name}: { channel: "${matches[0]?.name}" }`;
  return problem('error', 'template.stain-ambiguous', `marker "${marker.name}" fits ${found}`, where, hint);
}

function twoMarkers(channels: ReadonlyMap<string, string>, used: ReadonlySet<string>, where: Where): Problem[] {
  const byChannel = new Map<string, string[]>();
  for (const [marker, channel] of channels) byChannel.set(channel, [...(byChannel.get(channel) ?? []), marker]);
  return [...byChannel].flatMap(([channel, markers]) => {
    if (markers.length < 2 || !markers.some((marker) => used.has(marker))) return [];
    const message = `channel "${channel}" fits the markers ${markers.map((name) => `"${name}"`).join(' and ')}`;
    return [problem('error', 'template.stain-ambiguous', message, { ...where, channel })];
  });
}

/** Markers that something looks at, on a channel that holds further antigens: only the author knows what is bright there. */
function pooledStains(
  template: Template,
  labelled: readonly LabelledChannel[],
  channels: ReadonlyMap<string, string>,
  where: Where,
): Problem[] {
  const used = new Set(usedMarkers(template));
  return template.markers.flatMap((marker) => {
    const channel = labelled.find(({ parameter }) => parameter.name === channels.get(marker.name));
    if (channel === undefined || marker.channel !== undefined || !used.has(marker.name)) return [];
    // Two markers on one channel are told already.
    if ([...channels].some(([other, name]) => other !== marker.name && name === channels.get(marker.name))) return [];
    const others = otherAntigens(marker, channel);
    if (others.length === 0) return [];
    const { parameter } = channel;
    const label = parameter.stain === '' ? parameter.name : parameter.stain;
    const message = `marker "${marker.name}" fits ${inWords(parameter)}, which holds ${others.join(' and ')} too`;
    const hint = `if it is meant: ${marker.name}: { aliases: ["${label}"] }`;
    return [problem('error', 'template.stain-ambiguous', message, where, hint)];
  });
}

function missing(
  marker: TemplateMarker,
  template: Template,
  parameters: readonly TubeParameter[],
  where: Where,
): Problem {
  const labels = parameters.flatMap(({ stain, name }) => (stain === '' ? [name] : [stain]));
  const has = `the tube has ${labels.length === 0 ? 'no channels' : labels.map((label) => `"${label}"`).join(', ')}`;
  const looked = marker.channel === undefined ? '' : ` (looked for channel "${marker.channel}")`;
  const wanted = marker.channel ?? marker.name;
  const near = nearestName(
    wanted,
    free(template, parameters).filter((label) => !isOtherAntigen(wanted, label)),
  );
  const hint = near === undefined ? undefined : `if "${near}" is meant: ${marker.name}: { aliases: ["${near}"] }`;
  return problem('error', 'template.marker-missing', `no channel for "${marker.name}"${looked}; ${has}`, where, hint);
}

/** CD123 is no misspelt CD19: where both names are a CD with its number, another number is another antigen. */
function isOtherAntigen(wanted: string, label: string): boolean {
  const [ours, theirs] = [wanted, label].map((name) => /^cd\d+/.exec(tokens(name).find(isCd) ?? '')?.[0]);
  return ours !== undefined && theirs !== undefined && ours !== theirs;
}

function isCd(token: string): boolean {
  return /^cd\d/.test(token);
}

/** Labels that no marker of the template answers to. */
function free(template: Template, parameters: readonly TubeParameter[]): string[] {
  const spellings = template.markers.flatMap((marker) => [marker.name, ...marker.aliases]).map(tokens);
  return parameters
    .map(({ stain, name }) => (stain === '' ? name : stain))
    .filter((label) => !spellings.some((spelling) => namesMarker(tokens(label), spelling)));
}

function inWords({ name, stain }: TubeParameter): string {
  return stain === '' ? `"${name}"` : `"${name}" (${stain})`;
}
