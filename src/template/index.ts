// In: the text of a gating template, a registry of methods, a tube's parameters. Out: the Template in tree order with the place
// of every node; the channel of every marker in a tube; the tree in words. Never: opens a file, knows a method or a geometry.
export type { Combination } from './combination.ts';
export { type Apply, type Compensation, CompensationEntry, readCompensation } from './compensation.ts';
export { DenominatorEntry, readDenominator } from './denominatorEntry.ts';
export { diffTemplates, type TemplateChange } from './diffTemplates.ts';
export type { CombinationUse, ControlUse, MethodDescription, NamedUse, TemplateRegistry } from './methodDescription.ts';
export { PopulationReference } from './populationName.ts';
export type { TemplateSource } from './readLayers.ts';
export { readTemplate } from './readTemplate.ts';
export { type MarkerMap, resolveMarkers } from './resolveMarkers.ts';
export { resolveReference } from './resolveReference.ts';
export { showTemplate } from './showTemplate.ts';
export { isPlainLog, type StoredValues, ValuesEntry, type ValuesRule } from './storedValues.ts';
export type {
  Pool,
  ScaleChoice,
  Template,
  TemplateAlignment,
  TemplateGate,
  TemplatePopulation,
  TemplateReservoir,
} from './template.ts';
