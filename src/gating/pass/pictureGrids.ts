import type { TubeBook } from '../book.ts';
import type { Picture, PictureAxis } from '../counts.ts';
import { BINS, planeOf } from '../pictures.ts';
import { type BinTable, binsOf, binTable, NO_BIN } from './binTable.ts';
import { BLOCK_EVENTS } from './eventBlock.ts';
import type { PictureStep } from './pictureSteps.ts';
import type { PopulationRows } from './populationRows.ts';
import { KEY_WORD } from './valueKeys.ts';

/** A population of the walk, as far as its picture is concerned. */
export interface Pictured {
  readonly isPlaced: boolean;
  readonly rows: PopulationRows;
}

export interface PictureGrids {
  /** Counts the events of a block. @param of the population of a path */
  add(of: (path: string) => Pictured): void;
  pictures(of: (path: string) => Pictured): readonly Picture[];
}

/** The same events in the plane of one or several gates. */
interface Plane {
  /** What it shows: a population, or what the steps before kept. */
  readonly before: string;
  readonly x: PictureAxis;
  readonly y: PictureAxis;
  readonly xTable: BinTable;
  readonly yTable: BinTable;
  readonly density: Uint32Array;
  /** Cell of each of these events in the block; one past the last for those without a place. */
  readonly cells: Uint16Array;
  readonly drawn: { readonly after: string; readonly inside: Uint32Array }[];
}

const OUTSIDE = BINS * BINS;

/** Grids of all pictures of a tube: one for what is shown and a plane, and of what is kept by the cells of what is shown. */
export function pictureGrids(book: TubeBook, steps: readonly PictureStep[]): PictureGrids {
  const tables = new Map<string, BinTable>();
  const planes = new Map<string, Plane>();
  const order: { readonly step: PictureStep; readonly plane: Plane; readonly inside: Uint32Array }[] = [];
  const tableOf = (axis: PictureAxis): BinTable => {
    const key = JSON.stringify([axis.scale, axis.from, axis.to]);
    const table = tables.get(key) ?? binTable(axis, BINS);
    tables.set(key, table);
    return table;
  };
  for (const step of steps) {
    const { before, after } = step;
    const axes = planeOf(step.geometry, book);
    if (axes === undefined) continue;
    const [x, y] = axes;
    const key = JSON.stringify([before, x, y]);
    const plane = planes.get(key) ?? newPlane({ before, x, y, xTable: tableOf(x), yTable: tableOf(y) });
    planes.set(key, plane);
    const inside = new Uint32Array(OUTSIDE + 1);
    plane.drawn.push({ after, inside });
    order.push({ step, plane, inside });
  }
  return {
    add(of) {
      for (const plane of planes.values()) addTo(plane, of);
    },
    pictures: (of) =>
      order
        .filter(({ step: { before, after } }) => of(before).isPlaced && of(after).isPlaced)
        .map(({ step: { population, parent }, plane: { x, y, density }, inside }) => ({
          population,
          parent,
          x,
          y,
          bins: BINS,
          density: density.subarray(0, OUTSIDE),
          inside: inside.subarray(0, OUTSIDE),
        })),
  };
}

function newPlane(plane: Pick<Plane, 'before' | 'x' | 'y' | 'xTable' | 'yTable'>): Plane {
  return { ...plane, density: new Uint32Array(OUTSIDE + 1), cells: new Uint16Array(BLOCK_EVENTS), drawn: [] };
}

function addTo(plane: Plane, of: (path: string) => Pictured): void {
  const looked = of(plane.before);
  if (!looked.isPlaced || looked.rows.count === 0) return;
  const shown = plane.drawn.filter(({ after }) => of(after).isPlaced);
  if (shown.length === 0) return;
  sortIntoCells(plane, looked.rows);
  for (const { after, inside } of shown) {
    const { places, count } = of(after).rows;
    for (let e = 0; e < count; e++) inside[plane.cells[places[e]!]!]!++;
  }
}

function sortIntoCells({ x, y, xTable, yTable, cells, density }: Plane, rows: PopulationRows): void {
  const across = rows.keyed(x.channel);
  const up = rows.keyed(y.channel);
  for (let e = 0; e < rows.count; e++) {
    const at = 2 * e + KEY_WORD;
    const column = binsOf(xTable, across.words[at]!, across.values[e]!);
    const row = binsOf(yTable, up.words[at]!, up.values[e]!);
    const cell = column === NO_BIN || row === NO_BIN ? OUTSIDE : row * BINS + column;
    cells[e] = cell;
    density[cell]!++;
  }
}
