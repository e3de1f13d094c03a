import * as z from 'zod';
import type { Problem } from '../problems/index.ts';
import { type Located, type YamlSource, yamlParts } from '../tables/index.ts';
import type { CompensationEntry } from './compensation.ts';
import { DenominatorEntry } from './denominatorEntry.ts';
import { type LostParts, lostParts } from './lostParts.ts';
import { PopulationName, PopulationReference } from './populationName.ts';
import type { ValuesRule } from './storedValues.ts';
import {
  AlignmentEntry,
  AssertionEntry,
  type CommonGateKeys,
  DenominatorName,
  IntensitiesEntry,
  MarkerEntry,
  MarkerName,
  PopulationEntry,
  ReservoirEntry,
  ScaleEntry,
  TemplateFile,
} from './templateSchema.ts';

/** A population as written; without its gate where that could not be read, so that its children are still found. */
export interface PopulationDraft {
  readonly name: string;
  readonly parent: string;
  readonly label?: string | undefined;
  readonly imported_name?: string | undefined;
  readonly gate?: (z.infer<typeof CommonGateKeys> & Record<string, unknown>) | undefined;
}

type Entries<T> = ReadonlyMap<string, Located<T>>;

/** One template file, every part of it that could be read. */
export interface Layer {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly extends: Located<string> | undefined;
  readonly remove: readonly Located<string>[];
  readonly markers: Entries<z.infer<typeof MarkerEntry>>;
  readonly scales: Entries<z.infer<typeof ScaleEntry>>;
  readonly compensation: Located<z.infer<typeof CompensationEntry>> | undefined;
  readonly amplification: 'linear' | 'stored' | 'gating-ml' | undefined;
  readonly values: ValuesRule | undefined;
  readonly alignments: readonly Located<z.infer<typeof AlignmentEntry>>[];
  readonly populations: readonly Located<PopulationDraft>[];
  readonly denominators: Entries<DenominatorEntry>;
  readonly reservoirs: readonly Located<z.infer<typeof ReservoirEntry>>[];
  readonly intensities: Located<z.infer<typeof IntensitiesEntry>> | undefined;
  readonly assertions: readonly Located<z.infer<typeof AssertionEntry>>[];
  readonly lost: LostParts;
}

const PopulationSkeleton = z.object({ name: PopulationName, parent: PopulationReference });
const { shape } = TemplateFile;
/** Reads one file part by part; whatever is wrong is added to `problems` with its line and column. */
export function readLayer(source: YamlSource, problems: Problem[]): Layer | undefined {
  const parts = yamlParts(source, Object.keys(shape), problems);
  if (parts === undefined) return undefined;
  parts.required(shape.cytopair, 'cytopair');
  const markers = parts.entries(MarkerName, MarkerEntry, 'markers');
  const populations = parts.list<PopulationDraft>(PopulationEntry, 'populations', PopulationSkeleton);
  return {
    name: parts.required(shape.template, 'template')?.value ?? '',
    version: parts.required(shape.version, 'version')?.value ?? '',
    about: parts.optional(shape.about.unwrap(), 'about')?.value ?? '',
    extends: parts.optional(shape.extends.unwrap(), 'extends'),
    remove: parts.list(PopulationReference, 'remove'),
    markers,
    scales: parts.entries(z.string(), ScaleEntry, 'scales'),
    compensation: parts.optional(shape.compensation.unwrap(), 'compensation'),
    amplification: parts.optional(shape.amplification.unwrap(), 'amplification')?.value,
    values: parts.optional(shape.values.unwrap(), 'values')?.value,
    alignments: parts.list(AlignmentEntry, 'alignments'),
    populations,
    denominators: parts.entries(DenominatorName, DenominatorEntry, 'denominators'),
    reservoirs: parts.list(ReservoirEntry, 'reservoirs'),
    intensities: parts.optional(IntensitiesEntry, 'intensities'),
    assertions: parts.list(AssertionEntry, 'assertions'),
    lost: lostParts(source.value, Object.keys(shape), { markers, populations }),
  };
}
