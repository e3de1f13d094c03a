import type { CodeEntry } from '../codeEntry.ts';
import { tableCodes } from './table.ts';

/** Codes of gating templates. */
export const templateCodes = {
  'template.not-text': {
    says: 'a file of another kind stands where a template belongs',
    hint: 'check that the right file was named',
  },
  'template.yaml-syntax': tableCodes['input.yaml-syntax'],
  'template.duplicate-key': tableCodes['input.duplicate-key'],
  'template.yaml-alias': tableCodes['input.yaml-alias'],
  'template.unknown-key': tableCodes['input.unknown-key'],
  'template.missing-key': tableCodes['input.missing-key'],
  'template.wrong-type': tableCodes['input.wrong-type'],
  'template.wrong-value': tableCodes['input.wrong-value'],
  'template.base-not-found': {
    says: 'the template that `extends:` names is not there',
    hint: 'name a shipped template as shipped:NAME, or a path relative to this file',
  },
  'template.base-circular': { says: 'templates extend each other in a circle', hint: 'remove one `extends:`' },
  'template.no-populations': { says: 'a template has no population', hint: 'add `populations:`' },
  'template.duplicate-population': {
    says: 'two populations of one parent have the same name',
    hint: 'rename or remove one of them',
  },
  'template.unknown-parent': {
    says: 'a population names a parent that is not there',
    hint: 'name a population of this template, or root',
  },
  'template.circular-parent': { says: 'populations are each other’s parents', hint: 'give one of them another parent' },
  'template.unknown-reference': {
    says: 'a name stands for no population',
    hint: 'name a population of this template: its path or a unique end of it',
  },
  'template.removed-reference': {
    says: 'a name stands for a population that an extending template removed',
    hint: 'replace what names it, or do not remove it',
  },
  'template.not-in-denominator': {
    says: 'a denominator takes out a population that does not lie in it',
    hint: 'name under `without` a population below `of`',
  },
  'template.ambiguous-reference': {
    says: 'a name stands for several populations',
    hint: 'write more of the path, as much as makes it unique',
  },
  'template.circular-reference': {
    says: 'a gate needs a population that in turn needs the gate',
    hint: 'let one of them stand without the other',
  },
  'template.empty-combination': {
    says: 'a combination of populations can hold nobody, whatever the events',
    hint: 'name a population beside or below; to leave out part of the parent, name that part',
  },
  'template.full-combination': {
    says: 'a combination of populations holds every event of its parent',
    hint: 'remove what always holds: a population within its own parent, or one beside its complement',
  },
  'template.unknown-method': {
    says: 'a gate or alignment names a method that is not there',
    hint: 'see cytopair methods',
  },
  'template.unknown-marker': { says: 'a marker is used that `markers:` does not list', hint: 'add it to `markers:`' },
  'template.duplicate-marker': {
    says: 'two markers answer to the same name',
    hint: 'remove the alias from one of them',
  },
  'template.unknown-alignment': {
    says: 'a gate names an alignment that is not there',
    hint: 'add it to `alignments:`',
  },
  'template.duplicate-alignment': { says: 'two alignments have the same name', hint: 'rename one of them' },
  'template.alignment-missing': { says: 'a gate needs an alignment and names none', hint: 'add `align:`' },
  'template.duplicate-name': { says: 'a name stands twice in a list', hint: 'rename one of them' },
  'template.units-missing': {
    says: 'a gate holds coordinates and does not say of which kind',
    hint: 'add `units: scale` (coordinates on the scale) or `units: raw` (linear, compensated)',
  },
  'template.units-unused': { says: '`units` stands at a gate that holds no coordinates', hint: 'remove `units`' },
  'template.if-absent-unused': {
    says: '`if_absent` names a marker that the gate does not use',
    hint: 'name a marker of this gate',
  },
  'template.if-absent-required': {
    says: '`if_absent` names a marker that no tube may lack',
    hint: 'mark it `optional: true` in `markers:`, or remove it from `if_absent`',
  },
  'template.wrong-scale': { says: 'a scale has parameters that it cannot have', hint: 'see cytopair methods' },
  'template.stain-ambiguous': {
    says: 'a marker fits several channels of a tube, or a channel several markers',
    hint: 'decide it by `channel:` in `markers:`',
  },
  'template.marker-missing': {
    says: 'a tube has no channel for a marker that the template needs',
    hint: 'add an alias or `channel:` to the marker, or mark it `optional: true`',
  },
} as const satisfies Record<string, CodeEntry>;
