/** How hard the cohort is: well separated, closer with heavy tails, a continuum of maturation, a lupus-like blood. */
export type Mode = 'islands' | 'hard' | 'ridge' | 'lupus';
export const modes: readonly Mode[] = ['islands', 'hard', 'ridge', 'lupus'];

/** Leukocytes other than B cells: share of leukocytes. The order is the order of drawing. */
export const leukocyteShares = {
  CD4: 0.36,
  CD8: 0.2,
  DN_T: 0.03,
  NK_dim: 0.085,
  NK_bright: 0.01,
  mono_classical: 0.135,
  mono_intermediate: 0.008,
  mono_nonclassical: 0.015,
  granulocyte: 0.02,
  eosinophil: 0.004,
  other: 0.015,
  B: 0.065,
} as const;

/** B-cell subsets: share of B. */
export const bShares = {
  naive: 0.565,
  transitional: 0.04,
  unswitched: 0.075,
  switched: 0.12,
  memory_reg_unswitched: 0.035,
  memory_reg_switched: 0.045,
  double_negative: 0.085,
  plasmablast: 0.02,
} as const;

export const bSharesLupus: Record<BSubset, number> = {
  naive: 0.5,
  transitional: 0.04,
  unswitched: 0.045,
  switched: 0.075,
  memory_reg_unswitched: 0.07,
  memory_reg_switched: 0.085,
  double_negative: 0.085,
  plasmablast: 0.02,
};

export type BSubset = keyof typeof bShares;
