import type { Marker } from './panel.ts';

export type MeanSd = readonly [mean: number, sd: number];

/** One kind of cell: light scatter in thousands, markers as mean (sd) of u = arcsinh(brightness / 150). */
export interface CellClass {
  readonly fsc: MeanSd;
  readonly ssc: MeanSd;
  readonly markers: Readonly<Partial<Record<Marker, MeanSd>>>;
}

/** A marker that a class does not list is not expressed. */
export const unlisted: MeanSd = [0.3, 0.4];

export const lymphocyteScatter: Pick<CellClass, 'fsc' | 'ssc'> = { fsc: [60, 6.5], ssc: [20, 4] };
