import { bClasses } from './bClasses.ts';
import { type CellClass, lymphocyteScatter } from './cellClass.ts';
import type { BSubset, Mode } from './composition.ts';

/** Every class that a cell can have, in the order of drawing; B subsets lie together. */
export const classNames = [
  'CD4',
  'CD8',
  'DN_T',
  'NK_dim',
  'NK_bright',
  'mono_classical',
  'mono_intermediate',
  'mono_nonclassical',
  'granulocyte',
  'eosinophil',
  'other',
  'low_density_granulocyte',
  'naive',
  'transitional',
  'unswitched',
  'switched',
  'memory_reg_unswitched',
  'memory_reg_switched',
  'double_negative',
  'plasmablast',
  'activated_naive',
  'debris',
] as const;
export type ClassName = (typeof classNames)[number];

/** The continuum of maturation from naive to transitional: CD38 and CD24 travel from the naive mean by this far. */
export const ridgeShape = { travelCd38: 1.75, sd: 0.42, steepness: 1.8, igdFall: 0.3 } as const;

/** How far CD24 travels along the ridge. */
export function ridgeTravelCd24(mode: Mode): number {
  return mode === 'lupus' ? 2.7 : 1.65;
}

/** The classes of a mode. `igdIsWeak` dims IgD of all IgD+ B cells (lupus mode, odd seeds). */
export function cellClasses(mode: Mode, igdIsWeak: boolean): Record<ClassName, CellClass> {
  const lineages = mode === 'islands' ? lineageClasses : { ...lineageClasses, ...closerLineages };
  return { ...lineages, ...bClasses(mode, igdIsWeak) };
}

const monocyte = { fsc: [100, 11], ssc: [55, 9] } as const;
const tCell = { Viability: [0.8, 0.4], CD45: [6.2, 0.22] } as const;
const nkCell = { Viability: [0.8, 0.4], CD45: [6.1, 0.22] } as const;
const cd4 = { ...tCell, CD3: [5.3, 0.3], CD4: [5.2, 0.25], CD24: [0.6, 0.5], CD38: [2, 0.8], CD27: [4, 0.8] } as const;
const cd8 = {
  ...tCell,
  CD3: [5.2, 0.3],
  CD8: [5.8, 0.35],
  CD24: [0.5, 0.5],
  CD38: [2, 0.8],
  CD27: [3.6, 1.2],
  CD56: [0.8, 0.9],
} as const;
const nkDim = {
  ...nkCell,
  CD56: [4.3, 0.4],
  CD16: [5.4, 0.5],
  CD8: [1.8, 1.1],
  CD38: [4.2, 0.5],
  CD27: [0.7, 0.6],
} as const;
const classical = {
  Viability: [1, 0.4],
  CD45: [5.8, 0.25],
  CD14: [6, 0.35],
  CD16: [0.6, 0.5],
  CD4: [2.4, 0.4],
  CD38: [3.5, 0.5],
  CD24: [0.6, 0.5],
  CD56: [0.5, 0.5],
} as const;
const nonclassical = {
  Viability: [1, 0.4],
  CD45: [6, 0.25],
  CD14: [3.1, 0.45],
  CD16: [5.3, 0.4],
  CD4: [1.8, 0.4],
  CD38: [2.5, 0.5],
  CD56: [0.5, 0.5],
} as const;
const nonclassicalScatter = { fsc: [88, 10], ssc: [42, 8] } as const;

type LineageName = Exclude<ClassName, BSubset | 'activated_naive'>;

const lineageClasses: Record<LineageName, CellClass> = {
  CD4: { ...lymphocyteScatter, markers: cd4 },
  CD8: { ...lymphocyteScatter, markers: cd8 },
  DN_T: {
    ...lymphocyteScatter,
    markers: { ...tCell, CD3: [5.9, 0.3], CD8: [1.4, 0.7], CD38: [2.2, 0.8], CD27: [3, 1.2], CD56: [1.2, 1] },
  },
  NK_dim: { ...lymphocyteScatter, markers: nkDim },
  NK_bright: {
    ...lymphocyteScatter,
    markers: { ...nkCell, CD56: [6.1, 0.35], CD16: [1.2, 0.8], CD8: [1, 0.8], CD38: [4.4, 0.5], CD27: [2.2, 0.9] },
  },
  mono_classical: { ...monocyte, markers: classical },
  mono_intermediate: {
    ...monocyte,
    markers: { ...classical, CD14: [5.6, 0.4], CD16: [3.8, 0.45], CD38: [3.3, 0.5] },
  },
  mono_nonclassical: { ...nonclassicalScatter, markers: nonclassical },
  granulocyte: {
    fsc: [92, 11],
    ssc: [130, 22],
    markers: {
      Viability: [1.2, 0.4],
      CD45: [4.9, 0.25],
      CD14: [0.9, 0.4],
      CD16: [6, 0.4],
      CD24: [5.6, 0.35],
      CD38: [1.2, 0.6],
    },
  },
  eosinophil: {
    fsc: [85, 9],
    ssc: [150, 22],
    markers: {
      Viability: [1.4, 0.4],
      CD45: [5.2, 0.25],
      CD14: [0.6, 0.4],
      CD16: [0.7, 0.5],
      CD24: [5, 0.4],
      CD38: [1, 0.6],
      CD4: [1, 0.4],
    },
  },
  other: {
    fsc: [68, 8],
    ssc: [26, 6],
    markers: {
      Viability: [0.8, 0.4],
      CD45: [5.3, 0.35],
      CD4: [1.6, 0.6],
      CD38: [4.3, 0.6],
      CD56: [0.6, 0.5],
      CD14: [0.5, 0.4],
    },
  },
  low_density_granulocyte: {
    fsc: [88, 10],
    ssc: [85, 18],
    markers: {
      Viability: [1.2, 0.4],
      CD45: [4.9, 0.25],
      CD14: [1, 0.4],
      CD16: [4.5, 0.7],
      CD24: [5.4, 0.4],
      CD38: [1.4, 0.6],
    },
  },
  debris: { fsc: [17, 7], ssc: [12, 6], markers: { Viability: [1, 0.9], CD45: [1.8, 1.1] } },
};

/** Lineages of the harder modes: dimmer, so that positive and negative cells touch. */
const closerLineages: Partial<Record<LineageName, CellClass>> = {
  CD4: { ...lymphocyteScatter, markers: { ...cd4, CD3: [4.8, 0.35] } },
  CD8: { ...lymphocyteScatter, markers: { ...cd8, CD3: [4.6, 0.4], CD8: [5.3, 0.45] } },
  NK_dim: { ...lymphocyteScatter, markers: { ...nkDim, CD56: [3.5, 0.5] } },
  mono_classical: { ...monocyte, markers: { ...classical, CD14: [5.3, 0.45] } },
  mono_nonclassical: { ...nonclassicalScatter, markers: { ...nonclassical, CD14: [2.7, 0.45] } },
};
