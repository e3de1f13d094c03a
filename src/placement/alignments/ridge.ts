import { z } from 'zod';
import type { BookAlignment, Point } from '../../gating/index.ts';
import { type Problem, problem } from '../../problems/index.ts';
import type { TemplateAlignment } from '../../template/index.ts';
import type { GateTube } from '../method.ts';
import type { RidgeCells } from '../ridge/cells.ts';
import { type FittedRidge, fitRidge } from '../ridge/fitRidge.ts';
import { refitter } from '../ridge/refitRidge.ts';
import type { RidgeFit } from '../ridge/ridgeFit.ts';
import { seededRidge } from '../ridge/seededRidge.ts';
import { atGain } from '../stain/stainingGain.ts';
import { alignmentMethod, type Profile } from './alignmentMethod.ts';

const Settings = z.strictObject({
  x: z.string().min(1).describe('first marker of the plane; plasmablasts are brightest on it (CD38)'),
  y: z.string().min(1).describe('second marker of the plane (CD24)'),
  axes: z
    .array(z.string().min(1))
    .min(1)
    .max(2)
    .describe('memory marker (CD27) and, where the panel has it, the marker of naive cells (IgD)'),
});

type Settings = z.infer<typeof Settings>;

/** An alignment on the core of the cells from which a ridge climbs. */
export const ridge = alignmentMethod<Settings>({
  name: 'ridge',
  settings: Settings,
  markers: ({ x, y, axes }) => [
    { name: x, keys: ['x'] },
    { name: y, keys: ['y'] },
    ...axes.map((name, i) => ({ name, keys: ['axes', i] })),
  ],
  fit: alignRidge,
  profile: profileIn,
});

/** Fits a template's ridge over the tubes that hold its markers. */
function alignRidge(
  { x, y, axes }: Settings,
  alignment: TemplateAlignment,
  tubes: readonly GateTube[],
): RidgeFit | undefined {
  const [memory, second] = axes;
  if (memory === undefined) return undefined;
  const usable = tubes.filter((tube) => [x, y, memory].every((marker) => tube.has(marker)));
  // One tube of the pool without the second marker would be compared on other cells than the rest: then it is used for
  // none. A control that lacks it has no say.
  const pool = usable.filter((tube) => tube.isInPool);
  const used = second !== undefined && pool.every((tube) => tube.has(second)) ? second : undefined;
  const markers = [x, y, memory, ...(used === undefined ? [] : [used])];
  const cells = usable.map((tube) => cellsOf(tube, markers));
  if (!cells.some((tube) => tube.isInPool && tube.count > 0)) return undefined;
  const lacksSecond = second !== undefined && used === undefined;
  const fitOf = (fitted: FittedRidge): RidgeFit => ({
    ...namedFit(alignment, fitted, { x, y, memory, second: used }, lacksSecond),
    redrawn(poolIds) {
      const refit = refitter(cells, fitted);
      return (key) => {
        const { ridge: draw, settings } = seededRidge(key, poolIds);
        return { fit: fitOf(refit(draw)), settings };
      };
    },
  });
  return fitOf(fitRidge(cells));
}

/** The events that have a number on every marker of the space that the tube holds. */
function cellsOf(tube: GateTube, markers: readonly string[]): RidgeCells {
  const all = markers.filter((marker) => tube.has(marker)).map((marker) => tube.u(marker));
  const isWhole = (_: number, row: number) => all.every((column) => Number.isFinite(column[row]));
  const columns = all.map((column) => column.filter(isWhole));
  return { sampleId: tube.sampleId, isInPool: tube.isInPool, count: columns[0]?.length ?? 0, columns };
}

function namedFit(
  alignment: TemplateAlignment,
  fitted: FittedRidge,
  markers: { readonly x: string; readonly y: string; readonly memory: string; readonly second: string | undefined },
  lacksSecond: boolean,
): Omit<RidgeFit, 'redrawn'> {
  const axes = [markers.x, markers.y, markers.memory, ...(markers.second === undefined ? [] : [markers.second])];
  const byTube = new Map(fitted.tubes.map((tube) => [tube.sampleId, tube]));
  const gainOn = (sampleId: string, marker: string) => byTube.get(sampleId)?.gains[axes.indexOf(marker)] ?? 0;
  const toStudy = (sampleId: string, marker: string, u: number) => atGain(u, -gainOn(sampleId, marker));
  const inTube = (sampleId: string, marker: string, u: number) => atGain(u, gainOn(sampleId, marker));
  const flags = [...fitted.flags, ...(lacksSecond ? ['second_absent'] : [])].sort();
  return {
    method: 'ridge',
    ...markers,
    cutMarkers: [markers.memory, ...(markers.second === undefined ? [] : [markers.second])],
    core: fitted.core,
    direction: fitted.shape.direction,
    sigma: fitted.shape.sigma,
    tip: fitted.shape.tip,
    plasmablastX: fitted.plasmablastX,
    plasmablastY: fitted.plasmablastY,
    lowX: fitted.lowX,
    valleyBelow: fitted.valleyBelow,
    flags,
    problems: fitted.flags.includes('no_ridge') ? [noRidge(alignment)] : [],
    toStudy,
    inTube,
    cut: (sampleId, marker) => {
      if (marker === markers.memory) return byTube.get(sampleId)?.memoryCut;
      return marker === markers.second ? byTube.get(sampleId)?.secondCut : undefined;
    },
    tubeFlags: (sampleId) => byTube.get(sampleId)?.flags ?? [],
    book: bookEntry(alignment, fitted, axes, flags),
  };
}

function noRidge({ name, where }: TemplateAlignment): Problem {
  return problem('warning', 'gate.no-ridge', `the study shows no ridge for "${name}"`, where);
}

function bookEntry(
  alignment: TemplateAlignment,
  fitted: FittedRidge,
  axes: readonly string[],
  flags: readonly string[],
): BookAlignment {
  const onPlane = (value: (d: 0 | 1) => number) => ({ [axes[0]!]: value(0), [axes[1]!]: value(1) });
  const { core, shape, cuts, plasmablastX, plasmablastY, lowX, poolTubes, poolCells } = fitted;
  return {
    name: alignment.name,
    parent: alignment.parent,
    method: alignment.method,
    markers: axes,
    fit: {
      origin: core,
      direction: shape.direction,
      sigma: shape.sigma,
      tip: shape.tip,
      memory_cut: cuts.memory,
      second_cut: axes.length > 3 ? cuts.second : null,
      plasmablast_x: plasmablastX,
      plasmablast_y: plasmablastY,
      low_x: lowX,
      pool_tubes: poolTubes,
      pool_cells: poolCells,
    },
    flags,
    tubes: fitted.tubes.map(({ sampleId, gains, variance, fill, flags: own }) => ({
      sample_id: sampleId,
      offset: onPlane((d) => atGain(core[d], gains[d]!) - core[d]),
      log_gain: Object.fromEntries(axes.slice(0, gains.length).map((marker, d) => [marker, gains[d]!])),
      log_gain_se: onPlane((d) => Math.sqrt(variance[2 * d]!)),
      fill,
      flags: own,
    })),
  };
}

const Pair = z.tuple([z.number(), z.number()]);
const Line = z.object({ markers: z.tuple([z.string(), z.string()], z.string()), origin: Pair, direction: Pair });

/** Up the ridge, from the tube's own core. */
function profileIn({ markers, fit, tubes }: BookAlignment, sampleId: string): Profile | undefined {
  const tube = tubes.find((one) => one.sample_id === sampleId);
  const line = Line.safeParse({ ...fit, markers });
  if (tube === undefined || !line.success) return undefined;
  const { origin, direction } = line.data;
  const [x, y] = line.data.markers;
  const inTube: Point = [origin[0] + (tube.offset[x] ?? 0), origin[1] + (tube.offset[y] ?? 0)];
  return { markers: [x, y], origin: inTube, direction };
}
