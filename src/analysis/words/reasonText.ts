const reasonWords: Readonly<Record<string, string>> = {
  no_pairs: 'no complete pairs',
  one_pair: 'one complete pair only',
  all_zero: 'every difference is zero',
  sd_zero: 'all differences are equal',
  infinite_on_scale: 'a zero without counts has no value on this scale',
  no_margins: 'no margins were declared',
  ratio_margin_above_half: 'a ratio margin is refused for a share above 50 %',
  not_applicable: 'this analysis does not apply to the endpoint',
  not_computed: 'not computed',
  no_covariate: 'no patient has the covariate',
  no_counts: 'counting error needs counted events',
  too_few: 'fewer than four patients',
  constant: 'one of the two does not vary',
  not_two_groups: 'there are not exactly two groups',
  empty_group: 'a group has no patient',
  all_tied: 'all values are equal',
  nobody_changed: 'nobody responded at one of the two only',
  parts_overlap: 'the parts exceed the whole',
  one_visit: 'one visit only',
  one_subject: 'one patient only',
  no_control: 'no control tube of the same visit',
  several_controls: 'several control tubes of the same visit, and none is named',
  no_residual_df: 'too few values for the model',
};

/** Why there is no number, in words. */
export function reasonText(reason: string): string {
  return reasonWords[reason] ?? reason;
}
