import { methodReference } from '../placement/index.ts';

/** How much a flag weighs. `note`: usual, the number stands; `look`: it may change an endpoint, somebody should look. */
interface FlagWords {
  readonly level: 'note' | 'look';
  /** What it means, in one sentence. */
  readonly says: string;
}

/** The one place where the page finds what a flag means; a flag that nobody explains is one to look at. */
export function flagWords(flag: string): FlagWords {
  const says = sentences.get(flag) ?? flag.replaceAll('_', ' ');
  return { level: notes.has(flag) ? 'note' : 'look', says };
}

const sentences: ReadonlyMap<string, string> = new Map([
  ['few_events', 'few events: a single cell more or less shows in the share'],
  ['few_parents', 'few events to take a share of: the interval is wide'],
  ...methodReference().flatMap(({ flags }) => flags.map(({ name, says }) => [name, says] as const)),
]);

// They tell how a usual gate came about.
const notes: ReadonlySet<string> = new Set([
  'at_floor',
  'component_small',
  'detection_limit',
  'display_values',
  'few_parents',
  'marker_absent',
  'moved',
  'no_dead',
  'no_doublets',
  'no_valley',
  'one_mode',
  'out_of_range',
  'pool_without_cut',
  'small_pool',
  'stand_in',
  'thin_side',
  'three_modes',
  'touches_border',
]);
