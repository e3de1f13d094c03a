/** How much a flag weighs. `note`: usual, the number stands. `look`: it may change an endpoint, somebody should look. */
export type FlagLevel = 'note' | 'look';

export interface FlagEntry {
  readonly level: FlagLevel;
  /** What it means and what to do, for whoever reads the table at the bench. */
  readonly says: string;
}

const note = (says: string): FlagEntry => ({ level: 'note', says });
const look = (says: string): FlagEntry => ({ level: 'look', says });

/** What holds for a tube as a whole: it stands on every row of the tube. */
const tubeFlags = {
  already_compensated: look(
    'the values of this tube were compensated before; its matrix is not applied again: compare it with care',
  ),
  matrix_fits_badly: look(
    'the spillover matrix does not fit this tube: dim markers may be wrong, look at its controls',
  ),
  unstable_time: look('rate or light changed during the run: look at the tube over time'),
  saturated: look('more than 1 % of the events lie at the upper limit of a channel: look at the voltage'),
  reading_errors: look('the file could not be read without errors: see problems'),
  visit_window: look('the date lies outside the window of its visit: check the sheet'),
  display_values: note('the file keeps values of its display scale; they were made linear'),
  no_stratum: note('cells of a rare kind could not be sampled apart: their gates rest on fewer events'),
  no_events: look('the tube holds no event'),
} as const;

/** What holds for a count or its share. */
const countFlags = {
  marker_unlike: look(
    'a marker of this population is there in this tube and not in most others, or the other way round: it is another population',
  ),
  outside_expected: look(
    'the share lies outside what the template expects: a wrong gate is likelier than such a patient, look at the picture',
  ),
  second_opinion_differs: look(
    'clusters over the whole panel see other events as this population: look at the picture',
  ),
  survey_stale: look('the gate reaches beyond the events that were sampled for it: place the study anew'),
  few_parents: note('few events to take a share of: the interval is wide'),
  few_events: look('few events: a single cell more or less shows in the share, or the gate follows the study'),
  detection_limit: note('too few events to tell from none'),
} as const;

/** How a gate came about. */
const gateFlags = {
  marker_absent: note('the tube lacks a marker; the template says what is done'),
  stand_in: note('a marker is absent and another one stands in its place, as the template says'),
  one_mode: note('this tube shows one population only on a marker; the cut is the study’s'),
  three_modes: note('more than two populations were seen on a marker'),
  thin_side: note('a valley was not used because one side holds too few events'),
  out_of_range: note('a valley was not used because it lies where the template does not look'),
  no_valley: note('this tube shows no valley where the study has one; the cut is the study’s'),
  pool_without_cut: note('the study shows no valley on a marker; the template’s other rule was used'),
  internal_reference: note('no valley: the cut stands at the level of another population of the same tubes'),
  pure_parent: note('nearly all cells carry the marker: the cut stands where they begin'),
  bright_live: note('live cells of one lineage are brighter in the viability dye than those of another; all are kept'),
  no_dead: note('no dead cells are seen'),
  no_doublets: note('hardly any doublets: they may have been removed before'),
  small_pool: note('fewer than four tubes: the study is these tubes'),
  second_absent: note('not every tube has the second marker of an alignment: it was not used'),
  second_not_separable: note('the second marker of an alignment shows no valley: it was not used there'),
  fmo_other_batch: note('the batch has no such control: that of other batches is used'),
  rate_changed: note('a stretch with another event rate was left out'),
  drift: note('a stretch in which a channel drifted was left out'),
  moved: note('the population lies more than 0.5 u from where the template starts'),
  at_floor: note('more than 1 % of the events lie at the lower limit of a channel'),
  touches_border: note('the contour reaches the edge of the data'),
  component_small: note('a component of a mixture holds fewer than 20 events'),
  many_doublets: look('more than 15 % doublets: look at the flow rate and the picture'),
  cut_moved: look('this tube’s own valley lies more than 0.6 u from the study’s: look at its stain'),
  fixed_number: look('no valley anywhere: the cut is a number that the template gives, look at the picture'),
  split_by_means: look('no valley anywhere: the cut is a split by k-means and a judgement, look at the picture'),
  like_negative: look('all cells lie where cells without the marker lie: was it stained?'),
  dim_parent: look('the stain is so dim that cells with and without the marker overlap: look at the picture'),
  no_reference: look('the population that would give the level is missing or too small: the gate has no place'),
  end_out_of_range: look('the only population seen is not the one that was meant: the gate has no place'),
  not_separable: look('the marker shows no valley over the study: its border is a judgement, look at the picture'),
  memory_not_separable: look('the memory marker shows no valley over the study: its border is a judgement'),
  unbalanced: look('a split by k-means leaves less than 2 % on one side'),
  weak_split: look('a split by k-means hardly parts the events'),
  wide: look('a population is wider than one should be: contaminated or smeared, look at compensation'),
  separation: look('two components of a mixture overlap widely'),
  collapsed: look('a component of a mixture vanished: there is no border'),
  not_converged: look('a mixture was still moving after 200 steps'),
  background: look('the control’s background lies elsewhere than the tube’s: its level does not fit'),
  no_control: look('the study has no such control: the gate has no place'),
  basin_merge: look('the population is joined with another one: look at the picture'),
  order_broken: look('the cuts of this tube are not in order: look at the picture'),
  quantile_on_parent: look('the quantile is taken of the own parent: the share is forced'),
  little_kept: look('less than half of the events were stable'),
  unstable: look('no stretch of the tube is stable'),
  moved_by_hand: note('a person moved this gate after looking at it: who, when and why stand in placements.json'),
  excluded_by_hand: look('a person took this gate out after looking at it: its population cannot be evaluated'),
  circular_reference: look('two gates wait for each other’s cuts'),
  not_aligned: look('the tube has no place in the alignment'),
  not_carried: look(
    'the gate was drawn on another tube, and how this one is stained against it cannot be told: it has no place here, draw one',
  ),
  drawn_absent: look('no tube on which the gate was drawn is in the study, or usable: add one of them'),
  no_ridge: look('the study shows no ridge: every transitional count is doubtful'),
  ridge_heavy: look('nearly all naive cells lie on the ridge: look at the tube'),
  gain_unsure: look('few B cells: the border may be missed by more than 0.1 u'),
  far_gain: look('stained or set so differently that its gates were carried far: look at the voltage and the picture'),
  unlike_pool: look('the B cells of this tube do not look like the study’s: look at the picture'),
  few_memory: look('hardly any memory cells, as after a depletion: look at the tube'),
  border_lifted: look('plasmablasts reach above their border: look at the compensation of CD38 into CD24'),
  no_memory_valley: look('memory cells show no valley of CD24: the population has no place by that definition'),
} as const;

/** Every flag that a tube, a gate or a count may bear. */
export const flags: Readonly<Record<string, FlagEntry>> = { ...tubeFlags, ...countFlags, ...gateFlags };

/** True where somebody should look before the number is used; a flag of another program's table counts as such. */
export function isLook(flag: string): boolean {
  return flags[flag]?.level !== 'note';
}
