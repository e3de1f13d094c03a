import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFcs } from '../src/fcs/tools.ts';
import { classNames } from './classes.ts';
import { type Cohort, type CohortDesign, plannedVisits, type TubeDesign } from './cohort.ts';
import { channelRange, fluorescenceDetectors, markers, tubeParameters } from './panel.ts';
import { sheetCsv, studyYaml } from './studyFiles.ts';
import { eventsCsv, raisedPopulations, trueCounts, truePopulations, truthNotes } from './truth.ts';
import { drawTube, type TubeEvents } from './tube.ts';

const generator = 'cytopair samples 1';

/**
 * Draws and writes a cohort into `folder`: study.yaml, sheet.csv, fcs/ and truth/. A cohort that lies there already is
 * replaced; a folder with anything else in it is refused (returned as a sentence).
 */
export function writeCohort(cohort: Cohort, folder: string, name: string): string | undefined {
  if (!isFree(folder)) return `"${folder}" holds something other than a synthetic cohort; choose an empty folder`;
  for (const part of ['fcs', 'truth']) rmSync(join(folder, part), { recursive: true, force: true });
  const files: { path: string; sha256: string }[] = [];
  const put = (path: string, content: string | Uint8Array) => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    files.push({ path, sha256: createHash('sha256').update(content).digest('hex') });
  };
  put('study.yaml', studyYaml(cohort, name));
  put('sheet.csv', sheetCsv(cohort));
  const rows = ['sample_id,population,parent,count,parent_count'];
  for (const tube of cohort.tubes) {
    const events = drawTube(cohort, tube);
    put(`fcs/${tube.sampleId}.fcs`, encodeTube(cohort, events));
    put(`truth/events/${tube.sampleId}.csv`, eventsCsv(cohort, events));
    for (const [index, { count, parentCount }] of trueCounts(cohort, events).entries()) {
      const population = truePopulations[index];
      if (population) rows.push([tube.sampleId, population.path, population.parent, count, parentCount].join(','));
    }
  }
  put('truth/populations.csv', `${rows.join('\n')}\n`);
  writeFileSync(join(folder, 'truth', 'cohort.json'), `${JSON.stringify(cohortTruth(cohort, files), null, 2)}\n`);
  return undefined;
}

/** One tube as the bytes of an FCS 3.1 file. Its keywords are the same for every tube of a cohort. */
export function encodeTube(cohort: Cohort, events: TubeEvents): Uint8Array {
  const spillover = [markers.length, ...fluorescenceDetectors, ...cohort.writtenSpillover].join(',');
  return writeFcs({
    version: 'FCS3.1',
    parameters: tubeParameters.map(({ name, stain }) => ({ name, stain, range: channelRange })),
    keywords: {
      $CYT: 'synthetic',
      $TIMESTEP: '0.01',
      $SPILLOVER: spillover,
      'CYTOPAIR SYNTHETIC': 'every event of this file was drawn by a program',
    },
    columns: events.columns,
    eventCount: events.status.length,
  });
}

function isFree(folder: string): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return true;
  return existsSync(join(folder, 'truth', 'cohort.json'));
}

function identityOf(design: CohortDesign) {
  return { generator, seed: design.seed, mode: design.mode };
}

function designOf(design: CohortDesign) {
  return {
    visits: plannedVisits.map(({ id }) => id as string).filter((id) => design.visits.includes(id)),
    design: { events: design.eventCount, effect: design.effect, shift: design.shift },
  };
}

/** True where a folder holds a whole cohort of this design: its truth is what is written last. */
export function holdsCohort(folder: string, design: CohortDesign): boolean {
  const file = join(folder, 'truth', 'cohort.json');
  if (!existsSync(file)) return false;
  const truth: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  const wanted = Object.entries({ ...identityOf(design), ...designOf(design) });
  return wanted.every(([key, value]) => isDeepStrictEqual(truth[key], value));
}

function cohortTruth(cohort: Cohort, files: readonly { path: string; sha256: string }[]) {
  const { design, tubes } = cohort;
  const subjects = [...new Set(tubes.map((tube) => tube.subject))];
  return {
    format: 'cytopair/truth/1',
    ...identityOf(design),
    populations: truePopulations.map(({ path, labels, states }) => ({ population: path, labels, states })),
    subjects: subjects.map((subject) => ({
      subject,
      effects: effectsOf(
        tubes.filter((tube) => tube.subject === subject),
        design.visits,
      ),
    })),
    shifts: tubes.flatMap(({ sampleId, logGains }) =>
      markers.map((marker, index) => ({ sample_id: sampleId, marker, arcsinh: rounded(logGains[index] ?? 0) })),
    ),
    files,
    ...designOf(design),
    ridge_border: cohort.maturityBorder,
    fractions: tubes.map((tube) => ({ sample_id: tube.sampleId, of_cells: namedShares(tube) })),
    notes: truthNotes,
  };
}

/** Fold of each raised population at each visit of the study; null where the tube is missing. */
function effectsOf(tubes: readonly TubeDesign[], visits: readonly string[]) {
  const foldsAt = (pick: (tube: TubeDesign) => number) =>
    visits.map((visit) => {
      const tube = tubes.find((each) => each.visit === visit);
      return tube ? rounded(pick(tube)) : null;
    });
  return {
    [raisedPopulations.transitional]: foldsAt((tube) => tube.folds.transitional),
    [raisedPopulations.memoryReg]: foldsAt((tube) => tube.folds.memoryReg),
  };
}

function namedShares(tube: TubeDesign): Readonly<Record<string, number>> {
  return Object.fromEntries(
    classNames.map((name, index) => [name, rounded(tube.shares[index] ?? 0)] as const).filter(([, share]) => share > 0),
  );
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
