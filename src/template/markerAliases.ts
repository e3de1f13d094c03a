import { tokens } from './tokens.ts';

/** Spellings of one antigen or dye. Separators do not count: `HLADR` stands for `HLA-DR` and `HLA DR` too. */
interface Spellings {
  /** A marker called one of these answers to all of them, each as whole tokens. */
  readonly names: readonly string[];
  /** Dyes and short words that mean the marker only where nothing else is said: `CD27 eFluor 780` is CD27. */
  readonly alone?: readonly string[];
  /** Another chain of the same molecule: never taken for it, and where both are stained the author decides. */
  readonly kin?: readonly string[];
}

// Beads of the fixable dyes of one maker, written in one word with their peak.
const fixableStains = ['440UV', '450', '510', '520', '570', '575V', '620', '660', '700', '780'].map((n) => `FVS${n}`);

/** The spellings that are known without a template saying so: names of one antigen by HGNC, HLDA and vendors' catalogues. */
const knownSpellings: readonly Spellings[] = [
  { names: ['CD3', 'CD3e'] },
  { names: ['CD8', 'CD8a'], kin: ['CD8b'] },
  { names: ['CD16', 'CD16a', 'FCGR3A'], kin: ['CD16b'] },
  { names: ['CD20', 'MS4A1'] },
  { names: ['CD10', 'CALLA'] },
  { names: ['CD25', 'IL2Ra'] },
  { names: ['CD45RA', '45RA'] },
  { names: ['CD45RO', '45RO'] },
  { names: ['CD56', 'NCAM', 'NCAM1'] },
  { names: ['CD62L', '62L', 'L-selectin', 'SELL'] },
  { names: ['CD1c', 'BDCA1'] },
  { names: ['CD117', 'cKit'] },
  { names: ['CD123', 'IL3Ra'] },
  { names: ['CD127', 'IL7Ra'] },
  { names: ['CD134', 'OX40'] },
  { names: ['CD137', '41BB'] },
  { names: ['CD138', 'Syndecan1'] },
  { names: ['CD141', 'BDCA3'] },
  { names: ['CD152', 'CTLA4'] },
  { names: ['CD154', 'CD40L'] },
  { names: ['CD183', 'CXCR3'] },
  { names: ['CD185', 'CXCR5'] },
  { names: ['CD194', 'CCR4'] },
  { names: ['CD195', 'CCR5'] },
  { names: ['CD196', 'CCR6'] },
  { names: ['CD197', 'CCR7'] },
  { names: ['CD223', 'LAG3'] },
  { names: ['CD274', 'PDL1'] },
  { names: ['CD278', 'ICOS'] },
  { names: ['CD279', 'PD1', 'PDCD1'] },
  { names: ['CD303', 'BDCA2'] },
  { names: ['CD314', 'NKG2D'] },
  { names: ['CD366', 'TIM3'] },
  { names: ['Kappa', 'IgKappa', 'IgK'] },
  { names: ['Lambda', 'IgLambda', 'IgL'] },
  { names: ['TCRgd', 'TCRgammadelta', 'gdTCR', 'gammadeltaTCR', 'TCRyd'], alone: ['gd', 'gammadelta'] },
  { names: ['TCRab', 'TCRalphabeta', 'abTCR', 'alphabetaTCR'], alone: ['alphabeta'] },
  { names: ['IFNg', 'IFNgamma', 'IFNy'] },
  { names: ['TNFa', 'TNFalpha'], alone: ['TNF'] },
  { names: ['Granzyme B', 'GzmB', 'GrzB'] },
  { names: ['Time', 'HDR-T'] },
  {
    names: ['Viability', 'Viab', 'Live', 'Dead', 'LiveDead', 'L/D', 'Zombie', 'FVD', 'FVS', ...fixableStains],
    alone: [
      '7-AAD',
      'DAPI',
      'PI',
      'propidium iodide',
      'Aqua',
      'eFluor 780',
      'eFluor 506',
      'Ghost Dye',
      'SYTOX',
      'DRAQ7',
    ],
  },
];

/** What a marker of this name answers to beside its own name, in tokens; undefined where nothing is known of it. */
export interface MarkerAliases {
  readonly names: readonly (readonly string[])[];
  readonly alone: readonly (readonly string[])[];
  readonly kin: readonly (readonly string[])[];
}

const byName = new Map(
  knownSpellings.flatMap(({ names, alone = [], kin = [] }) => {
    const aliases = { names: names.map(tokens), alone: alone.map(tokens), kin: kin.map(tokens) };
    return aliases.names.map((name): [string, MarkerAliases] => [name.join(''), aliases]);
  }),
);

/** @param name of a marker, as a template writes it */
export function markerAliases(name: string): MarkerAliases | undefined {
  return byName.get(tokens(name).join(''));
}
