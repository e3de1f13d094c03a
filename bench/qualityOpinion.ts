import { type Cohort, planCohort } from '../samples/cohort.ts';
import { type Mode, modes } from '../samples/composition.ts';
import type { Marker } from '../samples/panel.ts';
import { drawTube } from '../samples/tube.ts';
import { placeStudy } from '../src/placement/tools.ts';
import type { Template } from '../src/template/index.ts';
import { alterTubes, withGains } from './alterTubes.ts';
import { placementTubes, survey } from './gatedCohort.ts';
import { table } from './tables.ts';

const COHORTS = 2;
const LINEAGES = ['T', 'B', 'NK', 'Monocytes', 'CD4', 'CD8'];

/** What an unsupervised gater says of gates that are right, and of a number fixed over the study where one tube is dim. */
export function secondOpinions(template: Template, seeds: readonly number[]): string {
  const own = seeds.slice(0, COHORTS);
  const falseFlags = (mode: Mode) => own.map((seed) => flagsIn(template, cohortOf(mode, seed)).length).join(' · ');
  const found = (population: string, marker: Marker, cut: number, gain: number) => (mode: Mode) => {
    const fixed = withNumber(template, population, marker, cut);
    const hits = own.filter((seed) => {
      const cohort = cohortOf(mode, seed);
      const dim = cohort.tubes[0]!.sampleId;
      const dimmed = alterTubes(
        cohort,
        (tube) => tube.sampleId === dim,
        (tube) => withGains(tube, { [marker]: gain }),
      );
      return flagsIn(fixed, dimmed).some((flag) => flag.sampleId === dim && flag.population === population);
    });
    return `${hits.length} of ${own.length}`;
  };
  const rows: [string, (mode: Mode) => string][] = [
    [`shipped \`b-regulatory\`: false flags (24 tubes × ${LINEAGES.length} populations a cohort)`, falseFlags],
    ['T by a number fixed in the template, CD3 of one tube × e^−2: tube and T named', found('T', 'CD3', 3, -2)],
    ['B by a fixed number, CD19 of one tube × e^−1.5: tube and B named', found('B', 'CD19', 2.5, -1.5)],
  ];
  return table(
    ['', ...modes],
    rows.map(([words, of]) => [words, ...modes.map(of)]),
  );
}

function cohortOf(mode: Mode, seed: number): Cohort {
  const effect = { transitional: 2.2, memoryReg: 1.8 };
  return planCohort({ mode, seed, eventCount: 6000, visits: ['BL', 'M1', 'M3'], effect, shift: {} });
}

function flagsIn(template: Template, cohort: Cohort) {
  const surveys = cohort.tubes.map((tube) => survey(cohort, tube, drawTube(cohort, tube), { template }));
  const { book } = placeStudy(template, '', surveys, placementTubes(cohort));
  return book.gates.flatMap(({ population, tubes }) => {
    const name = population.split('/').at(-1) ?? population;
    if (!LINEAGES.includes(name)) return [];
    return tubes.flatMap(({ sample_id: sampleId, flags }) =>
      flags.includes('second_opinion_differs') ? [{ sampleId, population: name }] : [],
    );
  });
}

/** The template with one population above a number on one marker, given in u and written in raw units. */
function withNumber(template: Template, name: string, marker: Marker, cut: number): Template {
  const populations = template.populations.map((population) => {
    if (population.path.split('/').at(-1) !== name) return population;
    const own = { method: 'interval', settings: { marker, min: 150 * Math.sinh(cut) }, units: 'raw' } as const;
    return { ...population, gate: { ...population.gate, ...own, align: undefined, pool: undefined, references: {} } };
  });
  return { ...template, populations };
}
