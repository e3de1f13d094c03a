// In: a design and a seed. Out: tubes of drawn cells as FCS bytes, and which cell belongs where.
// The synthetic trial, as commands of the package use it.
// Never: knows anything of gating, or reads a file.
export { planCohort, plannedVisits } from './cohort.ts';
export { type Mode, modes } from './composition.ts';
export { trueMembership, truePopulations } from './truth.ts';
export { drawTube } from './tube.ts';
export { encodeTube } from './writeCohort.ts';
