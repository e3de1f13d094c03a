import { type BookScale, type Geometry, movedGeometry, withPlaces } from '../../gating/index.ts';
import type { Template, TemplateGate, TemplatePopulation } from '../../template/index.ts';
import type { DrawnAlignment } from '../alignments/alignment.ts';
import type { Cut } from '../cuts/cut.ts';
import { type CutDraw, type CutRedrawer, movedCuts } from '../cuts/redrawCuts.ts';
import type { GatePlacement } from '../method.ts';
import { drawingOf } from '../registry.ts';
import type { SurveyedTube } from '../study/sampledStudy.ts';
import type { ChangedGate, GateChange, StudyPlacement } from '../study/studyPlacement.ts';
import { type SeededCut, seededCut, seededPicks } from './seededCuts.ts';

/** One draw of a study: everything in it moves once, whichever gates ask. */
interface StudyDraw {
  /** Where a gate comes to lie, one a tube: placed anew, moved as a whole, as its operands lie, or as it was placed. */
  geometriesOf(path: string): readonly Geometry[];
}

/**
 * The draws of a study, one by one. What they share (histograms, own cuts, fits) is made once, when it is first asked for.
 * @returns the draw of a number, from 1
 */
export function studyDraws(
  template: Template,
  surveyed: readonly SurveyedTube[],
  study: StudyPlacement,
  scales: readonly BookScale[],
  { seed, count }: { readonly seed: number; readonly count: number },
): (draw: number) => StudyDraw {
  const populations = new Map(template.populations.map((population) => [population.path, population]));
  const seeded = new Map<string, SeededCut>();
  const redrawers = new Map<string, CutRedrawer>();
  const gates = new Map<string, ChangedGate>();
  const alignments = new Map<string, ReturnType<typeof alignmentDraws>>();
  const shared: SharedByDraws = {
    study,
    scales,
    populationAt(path) {
      const population = populations.get(path);
      if (population === undefined) throw new Error(`population "${path}" is not known to the draws`);
      return population;
    },
    gateAt: (path) => once(gates, path, () => study.changed(path)),
    redrawer: (cut, make) => once(redrawers, cut, make),
    numbersOf: (cut) => once(seeded, cut, () => seededCut(`${seed}\n${cut}`, count)),
    alignmentAt: (name) => once(alignments, name, () => alignmentDraws(name, surveyed, study, seed)),
  };
  return (draw) => studyDraw(shared, draw, seededPicks(seed, draw));
}

/** What the draws of a study share. A cut is named by population and cut. */
interface SharedByDraws {
  readonly study: StudyPlacement;
  readonly scales: readonly BookScale[];
  populationAt(path: string): TemplatePopulation;
  gateAt(path: string): ChangedGate;
  redrawer(cut: string, make: () => CutRedrawer): CutRedrawer;
  numbersOf(cut: string): SeededCut;
  alignmentAt(name: string): ((draw: number) => DrawnAlignment) | undefined;
}

function studyDraw(shared: SharedByDraws, draw: number, picks: CutDraw['picks']): StudyDraw {
  const { study, scales, populationAt, gateAt } = shared;
  const fits = new Map<string, DrawnAlignment>();
  const found = new Map<string, readonly Cut[]>();
  const taken = new Map<string, readonly Cut[]>();
  const places = new Map<string, readonly Geometry[]>();
  const shiftOf = (path: string) => (marker: string) => shared.numbersOf(`${path}\n${marker}`).shift(draw);

  function alignmentOf({ align }: TemplateGate): DrawnAlignment | undefined {
    const drawn = align === undefined ? undefined : shared.alignmentAt(align);
    return drawn && once(fits, align ?? '', () => drawn(draw));
  }

  function changeOf({ path, gate }: TemplatePopulation): GateChange {
    const alignment = alignmentOf(gate);
    return {
      settings: alignment ? alignment.settings(gate.settings) : gate.settings,
      alignment: alignment?.fit,
      cutsOf: (other, marker) => (path.startsWith(`${other}/`) ? study.cutsOf(other, marker) : cutsOf(other, marker)),
      cuts: (name, frame, make) => {
        const cut = `${path}\n${name}`;
        const numbers = shared.numbersOf(cut);
        const own: CutDraw = {
          shift: numbers.shift(draw),
          picks,
          normal: (sampleId) => numbers.normal(draw, sampleId),
          frame,
        };
        return once(found, cut, () => shared.redrawer(cut, make)(own));
      },
    };
  }

  /** Cuts that another gate takes over: the same in whichever gate. */
  function cutsOf(path: string, marker: string): readonly Cut[] {
    const key = `${path}\n${marker}`;
    const known = taken.get(key);
    if (known) return known;
    // Until it is drawn, whoever asks for it in a circle gets the placed one.
    taken.set(key, study.cutsOf(path, marker));
    const cuts = drawnCutsOf(populationAt(path), marker);
    taken.set(key, cuts);
    return cuts;
  }

  function drawnCutsOf(population: TemplatePopulation, marker: string): readonly Cut[] {
    const { path, gate } = population;
    const drawing = drawingOf(gate);
    if (drawing === 'anew') return gateAt(path).cuts(marker, changeOf(population));
    const placed = study.cutsOf(path, marker);
    return drawing === 'moved' ? movedCuts(placed, shiftOf(path)(marker)) : placed;
  }

  function geometriesOf(path: string): readonly Geometry[] {
    return once(places, path, () => {
      const population = populationAt(path);
      const drawing = drawingOf(population.gate);
      if (drawing === 'anew') return geometriesIn(gateAt(path).placements(changeOf(population)));
      const placed = geometriesIn(study.placementsOf(path));
      if (drawing === 'operands') {
        const placeOf = (t: number) => (operand: string) => {
          const { parent } = populationAt(operand);
          return { parent, geometry: geometriesOf(operand)[t] as Geometry };
        };
        return placed.map((one, t) => withPlaces(one, placeOf(t)) ?? one);
      }
      return drawing === 'moved' ? placed.map((one) => movedGeometry(one, shiftOf(path), scales)) : placed;
    });
  }

  return { geometriesOf };
}

function geometriesIn(placements: readonly GatePlacement[]): readonly Geometry[] {
  return placements.map(({ geometry }) => geometry);
}

/** @returns undefined where no tube could be aligned */
function alignmentDraws(name: string, surveyed: readonly SurveyedTube[], study: StudyPlacement, seed: number) {
  const fitted = study.alignment(name);
  if (fitted === undefined) return undefined;
  const aligned = new Set(fitted.book.tubes.map((tube) => tube.sample_id));
  const pool = surveyed.map(({ tube }) => tube).filter((tube) => tube.isInPool && aligned.has(tube.sampleId));
  const poolIds = pool.map((tube) => tube.sampleId);
  const redraw = fitted.redrawn(poolIds);
  return (draw: number): DrawnAlignment => redraw(`${seed}\n${name}\n${draw}`);
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}
