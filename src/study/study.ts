import type { Denominator, Plan } from '../analysis/index.ts';
import type { FcsReadingOptions } from '../fcs/index.ts';
import type { Compensation, Template, ValuesRule } from '../template/index.ts';

export type Role = 'sample' | 'bridge' | 'fmo' | 'single' | 'unstained' | 'unstimulated' | 'isotype';

/** One FCS file as a unit of work, as the sample sheet describes it. */
export interface Tube {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  /** Position in the study's visits, 0 = baseline; null for controls. */
  readonly visitIndex: number | null;
  /** Name of the template in study.yaml's map; empty where there is one template. */
  readonly panel: string;
  readonly role: Role;
  /** Of a control: sampleIds of the tubes that it is the background of; empty: those of its subject and visit. */
  readonly controlOf: readonly string[];
  readonly batch: string;
  readonly arm: string;
  /** Collection, YYYY-MM-DD. */
  readonly date: string | null;
  readonly specimen: string;
  readonly excluded: boolean;
  readonly excludeReason: string;
  /** Absolute path, for opening. */
  readonly path: string;
  /** For outputs and messages: path relative to the folder of study.yaml with `/`; `<sample_id>` where names are hidden. */
  readonly displayPath: string;
  readonly reading: FcsReadingOptions;
  /** What study.yaml says of this tube alone; undefined: as its template says. */
  readonly compensation?: Compensation | undefined;
  /** On what scale this tube's file keeps its values, where study.yaml says it; else as the template says. */
  readonly values?: ValuesRule | undefined;
  readonly covariates: Readonly<Record<string, string | number | null>>;
  /** Numbers for absolute counts, as the sheet gives them. */
  readonly absolute: Readonly<Record<string, number>>;
  /** Row in the sheet, counted from 1 for the header. */
  readonly sheetRow: number;
}

export interface Visit {
  readonly id: string;
  readonly label: string;
  readonly day: number | null;
  readonly window: readonly [number, number] | null;
}

/** What happened on a day of the study; figures mark it, and nothing is computed from it. */
export interface StudyEvent {
  readonly day: number;
  readonly label: string;
  /** null: of every patient. */
  readonly subject: string | null;
}

/** A text file that the study rests on, with its content for hashing. */
export interface StudyInput {
  readonly role: 'study' | 'template' | 'sheet' | 'spillover';
  /** Relative to the folder of study.yaml; a shipped template is `shipped:NAME`. */
  readonly displayPath: string;
  readonly bytes: Uint8Array;
}

/** How cells per µL of blood are found; populations as full paths. */
export type AbsoluteCounts =
  | { readonly method: 'dual'; readonly column: string; readonly of: string }
  | { readonly method: 'beads'; readonly of: string }
  | { readonly method: 'volumetric' };

/** How a table of frequencies names what is ours. */
export interface InputNames {
  /** Our column -> theirs, or several of theirs that make one key together. */
  readonly columns: Readonly<Record<string, string | readonly string[]>>;
  readonly unit: 'percent' | 'fraction';
  /** undefined: as the columns of the table show. */
  readonly layout: 'long' | 'wide' | undefined;
  /** Sheet of a workbook; undefined: the one that has the columns. */
  readonly sheet?: string | undefined;
}

export interface Study {
  readonly name: string;
  readonly title: string;
  /** Folder of study.yaml, absolute. */
  readonly folder: string;
  readonly seed: number;
  readonly visits: readonly Visit[];
  readonly events: readonly StudyEvent[];
  /** Panel -> template; one entry with the empty name where study.yaml names a single template. */
  readonly templates: ReadonlyMap<string, Template>;
  /** Denominators added by study.yaml to those of the templates: by name. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  /** In sheet order. */
  readonly tubes: readonly Tube[];
  /** Families with endpoints resolved to full paths. */
  readonly plan: Plan;
  readonly covariates: Readonly<Record<string, 'number' | 'text'>>;
  /** undefined: no absolute counts. */
  readonly absolute: AbsoluteCounts | undefined;
  /** What is done with tubes of role `bridge`. */
  readonly bridge: 'report' | 'align' | 'off';
  /** True where study.yaml declares arms, so that two-arm analyses are wanted. */
  readonly hasArms: boolean;
  /** True: the same events in two rows are meant. */
  readonly allowSameFile: boolean;
  /** What review never shows. */
  readonly blind: readonly string[];
  readonly input: InputNames;
  readonly inputs: readonly StudyInput[];
}
