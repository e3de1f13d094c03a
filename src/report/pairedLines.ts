import type { VisitRow } from '../analysis/index.ts';
import { type Course, courses } from './courses.ts';
import { borderFigure } from './figures/borderFigure.ts';
import { courseFigure, type FigureFacts, pairFigure } from './figures/courseFigure.ts';
import { figureWords } from './figures/figureWords.ts';
import { splitFigure } from './figures/splitFigure.ts';
import { lastName } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { subjectNumbers } from './subjectNumbers.ts';

interface Drawn {
  readonly fileName: string;
  readonly svg: string;
}

/** A figure as a file of its own. */
interface Figure {
  /** Name under figures/: its number in the order of the comparisons, population and measure. */
  readonly fileName: string;
  readonly endpoint: string;
  readonly panel: string | null;
  readonly svg: string;
  /** The two compared visits alone. */
  readonly pair: Drawn;
  /** What moved, cells or gate, and the effect over every border; where these were computed. */
  readonly further: readonly Drawn[];
}

/** The page shows the figures that lie beside it as files: they are drawn once for both. */
const drawn = new WeakMap<ReportInput, readonly Figure[]>();

/** The paired-line figures of a run, two an endpoint (all visits, and the two compared), in the order of the comparisons. */
export function pairedFigures(input: ReportInput): readonly Figure[] {
  const figures = drawn.get(input) ?? drawFigures(input);
  drawn.set(input, figures);
  return figures;
}

function drawFigures(input: ReportInput): readonly Figure[] {
  const numberOf = subjectNumbers(input);
  return courses(input).map((course, i) => {
    const panel = course.panel === null ? '' : `${course.panel}-`;
    const name = `${panel}${lastName(course.population)}-${course.measure}`.replace(/[^A-Za-z0-9._+-]/g, '_');
    const number = String(i + 1).padStart(2, '0');
    const facts = factsOf(input, course, numberOf);
    return {
      fileName: `course-${number}-${name}.svg`,
      endpoint: course.endpoint,
      panel: course.panel,
      svg: courseFigure(facts),
      pair: { fileName: `pairs-${number}-${name}.svg`, svg: pairFigure(facts) },
      further: furtherFigures(input, course, numberOf).map(({ kind, svg }) => ({
        fileName: `${kind}-${number}-${name}.svg`,
        svg,
      })),
    };
  });
}

function factsOf(input: ReportInput, course: Course, numberOf: FigureFacts['numberOf']): FigureFacts {
  const { endpoint, family, panel } = course;
  const isOwn = (row: Pick<VisitRow, 'endpoint' | 'family' | 'panel'>): boolean =>
    row.endpoint === endpoint && row.panel === panel && (row.family ?? '') === family;
  const row = input.comparisons.find((one) => isOwn(one) && one.analysis === 'primary');
  return {
    course,
    words: row === undefined ? '' : figureWords(row),
    visits: input.visits,
    events: input.events ?? [],
    visitRows: input.visitRows.filter(isOwn),
    numberOf,
  };
}

/** Of primary endpoints: what their change hangs on. */
function furtherFigures(input: ReportInput, course: Course, numberOf: FigureFacts['numberOf']) {
  const { endpoint, family, panel, population, visitTo } = course;
  const isPrimary = input.comparisons.some(
    (row) => row.endpoint === endpoint && row.panel === panel && row.role === 'primary',
  );
  if (!isPrimary) return [];
  const pairs = input.pairs.filter(
    (pair) =>
      pair.endpoint === endpoint && pair.panel === panel && (pair.family ?? '') === family && pair.visit_to === visitTo,
  );
  const effects = (input.profileEffects ?? []).filter((row) => row.endpoint === endpoint && row.visit_to === visitTo);
  const title = lastName(population);
  const drawn = [
    { kind: 'split', svg: splitFigure(title, pairs, numberOf) },
    { kind: 'border', svg: borderFigure(title, effects) },
  ] as const;
  return drawn.flatMap(({ kind, svg }) => (svg === undefined ? [] : [{ kind, svg }]));
}
