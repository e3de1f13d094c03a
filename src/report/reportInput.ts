import type {
  AssociationRow,
  Comparison,
  Observation,
  Pair,
  ProfileEffect,
  TableOneRow,
  VisitRow,
} from '../analysis/index.ts';
import type { ConcordanceRow } from '../foreign/index.ts';
import type { Frequency, SiblingRow } from '../frequencies/index.ts';
import type { Picture, PlacementBook } from '../gating/index.ts';
import type { Likeness } from '../likeness/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Quality } from '../quality/index.ts';
import type { Template } from '../template/index.ts';
import type { TimeTrace } from '../tube/index.ts';

/** A visit as the study names it; the first is baseline. */
interface ReportVisit {
  readonly id: string;
  /** Empty or the id itself where the study gives no words. */
  readonly label: string;
  /** Planned day; null or left out where the study gives none, and visits stand at equal distances. */
  readonly day?: number | null;
}

/** Marked in the courses; nothing is computed from it. */
export interface ReportEvent {
  readonly day: number;
  readonly label: string;
  readonly subject: string | null;
}

/** One tube of the run, whatever became of it. */
export interface ReportTube {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  /** Name of the template in the study's map; empty where there is one template. */
  readonly panel: string;
  readonly role: string;
  readonly batch: string;
  readonly arm: string;
  readonly status: 'ok' | 'failed' | 'excluded';
  /** Why it failed or was excluded; empty otherwise. */
  readonly reason: string;
  /** null where the file could not be read. */
  readonly eventCount: number | null;
  /** Flags of the file and of the survey, snake_case. */
  readonly flags: readonly string[];
}

/** What is shown of a tube beside its gates. */
export interface TubeSketch {
  /** In words: the matrix and its source, or why there is none. */
  readonly compensation: string;
  /** The matrix that was applied, row = fluorochrome; null: none. */
  readonly matrix: { readonly channels: readonly string[]; readonly values: readonly number[] } | null;
  /** Rate and light in equal stretches of its time; undefined where the file keeps none. */
  readonly trace: TimeTrace | undefined;
  /** Marker -> linear, compensated values of some cells of a population. */
  readonly cells: readonly {
    readonly population: string;
    readonly columns: Readonly<Record<string, Float32Array>>;
  }[];
}

/** A template with the book that its tubes were placed by. */
export interface ReportPanel {
  /** As in ReportTube; empty where there is one template. */
  readonly panel: string;
  readonly template: Template;
  readonly book: PlacementBook;
}

/** A gate of one tube that a person moved, with its population before and after. */
export interface ReportMove {
  readonly sample_id: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly population: string;
  readonly action: string;
  readonly axis: string | null;
  readonly by: number | null;
  readonly frame: string | null;
  readonly scope: string;
  readonly author: string;
  readonly date: string;
  readonly reason: string;
  /** null where the study was never locked. */
  readonly after_lock: boolean | null;
  readonly count_before: number | null;
  readonly count_after: number | null;
  readonly pct_parent_before: number | null;
  readonly pct_parent_after: number | null;
}

/** What persons moved: the page then shows the planned answer first, with every gate where it was placed. */
export interface ReportReviewed {
  /** `2 of 301 gates moved by AB, 60 of 301 looked at`. */
  readonly words: string;
  readonly moves: readonly ReportMove[];
  /** The comparisons with every gate where it was placed. */
  readonly planned: readonly Comparison[];
}

/** A file that the results rest on. */
export interface ReportFile {
  readonly role: string;
  /** With `/`, relative to the study; never absolute. */
  readonly path: string;
  readonly sampleId: string | null;
  readonly sizeBytes: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

/**
 * All that the page shows. Holds no time, host or number of threads, so that the page is a function of the results.
 * Every list may be empty: `gate` has no statistics, `analyze` no tubes.
 */
export interface ReportInput {
  readonly command: 'run' | 'gate' | 'analyze';
  /** title may be empty; isSynthetic: the study says of itself that a program made its data. */
  readonly study: { readonly name: string; readonly title: string; readonly isSynthetic: boolean };
  /** False where study.yaml names no families, and the page says that nothing was planned. */
  readonly isPlanned: boolean;
  /** Hash of the plan (null where nothing was planned), and what stands beside it; null where nothing is compared. */
  readonly plan: { readonly sha256: string | null; readonly notPlanned: readonly string[] } | null;
  readonly visits: readonly ReportVisit[];
  /** What happened on a day of the study, to one patient or (null) to all; left out: nothing is known. */
  readonly events?: readonly ReportEvent[];
  /** In any order; the page sorts them by patient and visit. */
  readonly tubes: readonly ReportTube[];
  readonly panels: readonly ReportPanel[];
  readonly frequencies: readonly Frequency[];
  readonly comparisons: readonly Comparison[];
  /** What else a change goes with; left out where nothing was asked. */
  readonly associations?: readonly AssociationRow[];
  /** Patients, baseline, visits and follow-up; left out without statistics. */
  readonly tableOne?: readonly TableOneRow[];
  readonly pairs: readonly Pair[];
  readonly visitRows: readonly VisitRow[];
  /** The values that were analysed, of all visits: `run` and `analyze` draw the same courses from them. */
  readonly values: readonly Observation[];
  /** The effect at every border of a ridge; left out where none was computed. */
  readonly profileEffects?: readonly ProfileEffect[];
  /** Where persons moved gates; left out where nobody did. */
  readonly reviewed?: ReportReviewed | undefined;
  /** What several tubes together show; undefined in `gate` and `analyze`. */
  readonly quality: Quality | undefined;
  /** In what the tubes are unlike; left out in `analyze`. */
  readonly likeness?: Pick<Likeness, 'tubeCount' | 'findings'> | undefined;
  /** What else moved beside the primary endpoints. */
  readonly siblings: readonly SiblingRow[];
  /** sampleId -> the pictures of that tube. */
  readonly pictures: ReadonlyMap<string, readonly Picture[]>;
  /** sampleId -> how its file was measured and compensated, and cells to be found again in the gates above. */
  readonly sketches?: ReadonlyMap<string, TubeSketch>;
  /** Counts that another program stored beside ours; left out where none were asked for. */
  readonly concordance?: readonly ConcordanceRow[] | undefined;
  readonly problems: readonly Problem[];
  /** The paragraph of methods.txt; empty without statistics. */
  readonly methods: string;
  readonly files: readonly ReportFile[];
  /** Name -> version of what computed: `cytopair`, never the machine. */
  readonly versions: Readonly<Record<string, string>>;
  /** Name -> seed of each generator. */
  readonly seeds: Readonly<Record<string, number>>;
}
