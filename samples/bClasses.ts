import { type CellClass, lymphocyteScatter, type MeanSd } from './cellClass.ts';
import type { BSubset, Mode } from './composition.ts';

/** The B-cell classes of a mode; in lupus mode CD24 has its own levels, and with weak IgD all IgD+ classes are dim. */
export function bClasses(mode: Mode, igdIsWeak: boolean): Record<BSubset | 'activated_naive', CellClass> {
  const islands = mode === 'islands';
  const isLupus = mode === 'lupus';
  const s = islands ? 0.28 : 0.4;
  const memorySd = islands ? 0.36 : 0.4;
  const memory = islands ? 3.4 : 3.3;
  const regulatory = islands ? 5.3 : 4.75;
  const [cd19, cd19Sd] = islands ? [4.7, 0.28] : [4, 0.38];
  const cd24 = (usual: MeanSd, inLupus: number): MeanSd => (isLupus ? [inLupus, inLupus < 1 ? 0.5 : 0.45] : usual);
  const igd = (mean: number, sd: number): MeanSd =>
    igdIsWeak && mean > 1 ? [2.2 - 0.4 * (4.8 - mean), 0.5] : [mean, sd];
  const base = {
    Viability: [0.8, 0.4],
    CD45: [6, 0.22],
    CD19: [cd19, cd19Sd],
    CD20: [5.2, 0.3],
  } as const satisfies CellClass['markers'];
  const b = (own: CellClass['markers']): CellClass => ({ ...lymphocyteScatter, markers: { ...base, ...own } });
  return {
    naive: b({ CD38: [3.1, s], CD24: cd24([3, s], 1.6), CD27: [0.5, 0.38], IgD: igd(4.8, 0.38) }),
    transitional: b({
      CD38: [islands ? 5 : 4.45, s],
      CD24: [islands ? 4.9 : 4.3, s],
      CD27: [0.5, 0.38],
      IgD: igd(4.6, 0.42),
    }),
    unswitched: b({
      CD38: [2, 0.4],
      CD24: cd24([memory + 0.1, memorySd], 0.5),
      CD27: [3.6, 0.45],
      IgD: igd(4.1, 0.42),
    }),
    switched: b({ CD38: [1.4, 0.45], CD24: cd24([memory, memorySd], 0.5), CD27: [4, 0.45], IgD: [0.5, 0.45] }),
    memory_reg_unswitched: b({
      CD38: [1.3, 0.4],
      CD24: cd24([regulatory, s], 3.6),
      CD27: [3.9, 0.42],
      IgD: igd(4, 0.42),
    }),
    memory_reg_switched: b({
      CD38: [1, 0.45],
      CD24: cd24([regulatory, s], 3.6),
      CD27: [4.2, 0.42],
      IgD: [0.5, 0.45],
    }),
    double_negative: b({
      CD38: [1.6, 0.6],
      CD24: cd24([2, 0.6], 1.2),
      CD27: [0.5, 0.4],
      IgD: [0.5, 0.45],
      CD19: [cd19 + 0.3, cd19Sd],
    }),
    plasmablast: {
      fsc: [78, 9],
      ssc: [30, 6],
      markers: {
        ...base,
        CD38: [6.7, 0.35],
        CD24: [0.8, 0.5],
        CD27: [5.4, 0.4],
        IgD: [0.6, 0.5],
        CD20: [1, 0.6],
        CD19: [cd19 - 0.7, 0.35],
      },
    },
    activated_naive: b({
      CD38: [1.7, 0.45],
      CD24: cd24([1.5, 0.45], 0.5),
      CD27: [0.5, 0.38],
      IgD: igd(4.6, 0.42),
      CD19: [cd19 + 0.3, cd19Sd],
    }),
  };
}
