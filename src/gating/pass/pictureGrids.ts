import type { TubeBook } from '../book.ts';
import type { Picture, PictureAxis } from '../counts.ts';
import { BINS, planeOf } from '../pictures.ts';
import { type BinTable, binsOf, binTable, NO_BIN } from './binTable.ts';
import { BLOCK_EVENTS } from './eventBlock.ts';
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

/** The parent's events in the plane of one or several of its gates. */
interface Plane {
  readonly parent: string;
  readonly x: PictureAxis;
  readonly y: PictureAxis;
  readonly xTable: BinTable;
  readonly yTable: BinTable;
  readonly density: Uint32Array;
  /** Cell of each of the parent's events in the block; one past the last for those without a place. */
  readonly cells: Uint16Array;
  readonly drawn: { readonly population: string; readonly inside: Uint32Array }[];
}

const OUTSIDE = BINS * BINS;

/** Grids of all pictures of a tube: one a parent and plane, and the populations' own from the cells of their parents. */
export function pictureGrids(book: TubeBook): PictureGrids {
  const tables = new Map<string, BinTable>();
  const planes = new Map<string, Plane>();
  const order: { readonly population: string; readonly plane: Plane; readonly inside: Uint32Array }[] = [];
  const tableOf = (axis: PictureAxis): BinTable => {
    const key = JSON.stringify([axis.scale, axis.from, axis.to]);
    const table = tables.get(key) ?? binTable(axis, BINS);
    tables.set(key, table);
    return table;
  };
  for (const { population, parent, geometry } of book.gates) {
    const axes = planeOf(geometry, book);
    if (axes === undefined) continue;
    const [x, y] = axes;
    const key = JSON.stringify([parent, x, y]);
    const plane = planes.get(key) ?? newPlane({ parent, x, y, xTable: tableOf(x), yTable: tableOf(y) });
    planes.set(key, plane);
    const inside = new Uint32Array(OUTSIDE + 1);
    plane.drawn.push({ population, inside });
    order.push({ population, plane, inside });
  }
  return {
    add(of) {
      for (const plane of planes.values()) addTo(plane, of);
    },
    pictures: (of) =>
      order
        .filter(({ population, plane }) => of(population).isPlaced && of(plane.parent).isPlaced)
        .map(({ population, plane: { parent, x, y, density }, inside }) => ({
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

function newPlane(plane: Pick<Plane, 'parent' | 'x' | 'y' | 'xTable' | 'yTable'>): Plane {
  return { ...plane, density: new Uint32Array(OUTSIDE + 1), cells: new Uint16Array(BLOCK_EVENTS), drawn: [] };
}

function addTo(plane: Plane, of: (path: string) => Pictured): void {
  const parent = of(plane.parent);
  if (!parent.isPlaced || parent.rows.count === 0) return;
  const shown = plane.drawn.filter(({ population }) => of(population).isPlaced);
  if (shown.length === 0) return;
  sortIntoCells(plane, parent.rows);
  for (const { population, inside } of shown) {
    const { places, count } = of(population).rows;
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
