import { unlisted } from './cellClass.ts';
import { type ClassName, cellClasses, classNames } from './classes.ts';
import type { Cohort } from './cohort.ts';
import type { Marker } from './panel.ts';
import { statuses, type TubeEvents } from './tube.ts';

export type Level = 'neg' | 'lo' | 'int' | 'hi';

/** Markers whose nominal level is written for B cells; other cells need none, their label says enough. */
export const stateMarkers = ['CD24', 'CD38', 'CD27', 'IgD'] as const satisfies readonly Marker[];
type StateMarker = (typeof stateMarkers)[number];

/** A population of the shipped tree as a set of labels, narrowed by states where one label spans two populations. */
export interface TruePopulation {
  readonly path: string;
  readonly parent: string;
  readonly labels: readonly string[];
  readonly states: Readonly<Partial<Record<StateMarker, readonly Level[]>>>;
}

/** What an event's row in truth/events says, apart from its maturity. */
interface EventKind {
  readonly label: string;
  readonly states: Readonly<Partial<Record<StateMarker, Level>>>;
}

const labelOfClass: Record<ClassName, string> = {
  CD4: 'CD4',
  CD8: 'CD8',
  DN_T: 'T_double_negative',
  NK_dim: 'NK',
  NK_bright: 'NK',
  mono_classical: 'monocyte',
  mono_intermediate: 'monocyte',
  mono_nonclassical: 'monocyte',
  granulocyte: 'granulocyte',
  eosinophil: 'eosinophil',
  other: 'other',
  low_density_granulocyte: 'low_density_granulocyte',
  naive: 'B_naive',
  transitional: 'B_transitional',
  unswitched: 'B_unswitched',
  switched: 'B_switched',
  memory_reg_unswitched: 'B_memory_reg',
  memory_reg_switched: 'B_memory_reg',
  double_negative: 'B_double_negative',
  plasmablast: 'plasmablast',
  activated_naive: 'B_activated_naive',
  debris: 'debris',
};

const tCells = ['CD4', 'CD8', 'T_double_negative'];
const naiveCells = ['B_naive', 'B_transitional', 'B_activated_naive'];
const bCells = [...naiveCells, 'B_unswitched', 'B_switched', 'B_memory_reg', 'B_double_negative', 'plasmablast'];
const lymphocytes = [...tCells, 'NK', ...bCells, 'other'];
const leukocytes = [...lymphocytes, 'monocyte', 'granulocyte', 'eosinophil', 'low_density_granulocyte'];

/** In tree order. Membership below Live is that of live single cells of the listed labels. */
export const truePopulations: readonly TruePopulation[] = [
  population('Singlets', [...leukocytes, 'debris', 'dead']),
  population('Singlets/Live', [...leukocytes, 'debris']),
  population('Singlets/Live/Leukocytes', leukocytes),
  population('Singlets/Live/Leukocytes/Monocytes', ['monocyte']),
  lymphoid('', lymphocytes),
  lymphoid('/T', tCells),
  lymphoid('/T/CD4', ['CD4']),
  lymphoid('/T/CD8', ['CD8']),
  lymphoid('/NK', ['NK']),
  lymphoid('/B', bCells),
  lymphoid('/B/Naive', naiveCells),
  lymphoid('/B/Unswitched', ['B_unswitched', 'B_memory_reg'], { IgD: ['lo', 'int', 'hi'] }),
  lymphoid('/B/Switched', ['B_switched', 'B_memory_reg'], { IgD: ['neg'] }),
  lymphoid('/B/DoubleNegative', ['B_double_negative']),
  lymphoid('/B/Plasmablast', ['plasmablast']),
  lymphoid('/B/CD24hiCD38hi', ['B_transitional']),
  lymphoid('/B/CD27+CD38lo-CD24hi', ['B_memory_reg']),
];

/** The populations that the effect raises. */
export const raisedPopulations = {
  transitional: 'Singlets/Live/Leukocytes/Lymphocytes/B/CD24hiCD38hi',
  memoryReg: 'Singlets/Live/Leukocytes/Lymphocytes/B/CD27+CD38lo-CD24hi',
} as const;

/** How the populations were drawn up, in words. */
export const truthNotes: readonly string[] = [
  'all data are synthetic: no cell, no patient',
  'Singlets are all events but doublets, debris and dead cells included; Live are singlets that are not dead, debris ' +
    'included; Leukocytes are live singlets that are not debris',
  'Lymphocytes are T, B, NK and "other" (dendritic cells and basophils, which lie at lymphocyte scatter)',
  'T holds CD4, CD8 and double-negative T cells; Naive, Unswitched, Switched, DoubleNegative and Plasmablast part B: ' +
    'transitional and activated naive cells are counted in Naive',
  'dead cells and doublets belong to no population below Singlets and all events, whatever their class',
  'states are written for B cells only: the nominal level of the class mean in u = arcsinh(brightness / 150), ' +
    'neg < 0.9 <= lo < 2.5 <= int < 4.25 <= hi, before staining gain, spillover and noise',
  'shifts are natural logarithms of the staining gain, which moves bright cells by that much in u and negatives not ' +
    'at all; part of it is shared by all tubes of a visit; the batch of the sheet carries no gain of its own',
];

/** Counts of `truePopulations` in one tube, in their order, with the parent's; the parent of the top is all events. */
export function trueCounts(cohort: Cohort, events: TubeEvents): readonly { count: number; parentCount: number }[] {
  const kinds = eventKinds(cohort);
  const countOfKind = new Array<number>(kinds.length).fill(0);
  for (let event = 0; event < events.status.length; event++) countOfKind[kindOf(events, event)]! += 1;
  const counts = truePopulations.map((each) =>
    kinds.reduce((sum, kind, index) => sum + (belongs(kind, each) ? countOfKind[index]! : 0), 0),
  );
  const places = new Map(truePopulations.map((each, index) => [each.path, index]));
  return truePopulations.map(({ parent }, index) => {
    const parentIndex = places.get(parent);
    return {
      count: counts[index]!,
      parentCount: parentIndex === undefined ? events.status.length : counts[parentIndex]!,
    };
  });
}

/** One 0/1 an event for each of `truePopulations`, in their order. */
export function trueMembership(cohort: Cohort, events: TubeEvents): readonly Uint8Array[] {
  const kinds = eventKinds(cohort);
  const kindOfEvent = Uint8Array.from(events.status, (_, event) => kindOf(events, event));
  return truePopulations.map((each) => {
    const isMember = Uint8Array.from(kinds, (kind) => (belongs(kind, each) ? 1 : 0));
    const members = new Uint8Array(kindOfEvent.length);
    for (let event = 0; event < members.length; event++) members[event] = isMember[kindOfEvent[event]!]!;
    return members;
  });
}

/** truth/events of one tube as CSV text: label, nominal levels, maturity (four decimals, cut off); file order. */
export function eventsCsv(cohort: Cohort, events: TubeEvents): string {
  const kinds = eventKinds(cohort);
  const starts = kinds.map((kind) =>
    [kind.label, ...stateMarkers.map((marker) => kind.states[marker] ?? '')].join(','),
  );
  const lines = [['label', ...stateMarkers.map((marker) => `state_${marker}`), 'ridge'].join(',')];
  for (let event = 0; event < events.status.length; event++) {
    const maturity = events.maturity[event]!;
    const isOnRidge = events.status[event] === statuses.live && !Number.isNaN(maturity);
    // cut off, not rounded: a cell printed at the border is beyond it
    const ridge = isOnRidge ? String(Math.floor(maturity * 1e4) / 1e4) : '';
    lines.push(`${starts[kindOf(events, event)]},${ridge}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Index of an event in `eventKinds`: its class, or what hides its class. */
function kindOf(events: TubeEvents, event: number): number {
  const status = events.status[event]!;
  if (status === statuses.dead) return classNames.length;
  if (status === statuses.doublet) return classNames.length + 1;
  return events.classIndex[event]!;
}

function eventKinds(cohort: Cohort): readonly EventKind[] {
  const classes = cellClasses(cohort.design.mode, cohort.igdIsWeak);
  const ofClasses = classNames.map((name): EventKind => {
    const label = labelOfClass[name];
    if (!bCells.includes(label)) return { label, states: {} };
    const levels = stateMarkers.map((marker) => [marker, levelOf((classes[name].markers[marker] ?? unlisted)[0])]);
    return { label, states: Object.fromEntries(levels) };
  });
  return [...ofClasses, { label: 'dead', states: {} }, { label: 'doublet', states: {} }];
}

function belongs(kind: EventKind, { labels, states }: TruePopulation): boolean {
  if (!labels.includes(kind.label)) return false;
  return stateMarkers.every((marker) => {
    const level = kind.states[marker];
    const wanted = states[marker];
    return wanted === undefined || (level !== undefined && wanted.includes(level));
  });
}

function levelOf(mean: number): Level {
  if (mean < 0.9) return 'neg';
  if (mean < 2.5) return 'lo';
  return mean < 4.25 ? 'int' : 'hi';
}

function lymphoid(path: string, labels: readonly string[], states: TruePopulation['states'] = {}): TruePopulation {
  return population(`Singlets/Live/Leukocytes/Lymphocytes${path}`, labels, states);
}

function population(path: string, labels: readonly string[], states: TruePopulation['states'] = {}): TruePopulation {
  const cut = path.lastIndexOf('/');
  return { path, parent: cut < 0 ? 'root' : path.slice(0, cut), labels, states };
}
