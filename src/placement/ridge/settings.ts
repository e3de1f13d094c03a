/** Numbers of one registration: u and log gain. Tried on thirds of two real tubes and on drawn cohorts: docs/decisions/ridge.md. */
export interface RegistrationSettings {
  /** Widths of the Gaussian that smooths a region, one a group of cells, in u; and of all in the first, coarse look. */
  readonly widths: readonly number[];
  readonly coarseWidth: number;
  /**
   * Log gains of tubes of one study are expected within this. They scatter by .14 in the drawn cohorts; a narrower prior would
   * hold back a tube whose stain or detector was changed.
   */
  readonly priorSd: number;
  /** Degrees of freedom of the prior: few let a tube be far off at little cost; infinite is a normal one. */
  readonly priorDegrees: number;
  /** Log gains tried at first on each marker. */
  readonly coarseGains: readonly number[];
}

/** The plane of the ridge; naive-like cells, and memory cells. A tube far off there is more likely one without a core. */
export const RIDGE_PLANE: RegistrationSettings = {
  widths: [0.18, 0.22],
  coarseWidth: 0.35,
  priorSd: 0.4,
  priorDegrees: Number.POSITIVE_INFINITY,
  coarseGains: [-1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9, 1.2],
};

/** The plane of the further axes; a marker dimmed to a tenth in one tube must be found as well. */
export const AXES_PLANE: RegistrationSettings = {
  widths: [0.15],
  coarseWidth: 0.25,
  priorSd: 0.15,
  priorDegrees: 2,
  coarseGains: [-2.4, -2.1, -1.8, -1.5, -1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9, 1.2],
};

/** First and last u of a plane, and bins along each side. */
export const PLANE = { firstU: -1.5, lastU: 8, bins: 108 } as const;

/** How cells of a ridge are parted into regions, in u from the core. */
export const REGIONS = {
  /**
   * Along the diagonal, naive-like cells: the core in one, so that its place tells the stain; fine above it, so that an effect
   * that fills the ridge tells nothing.
   */
  along: [-0.6, 0.3, 0.6, 0.9, 1.2, 1.6, 2, 2.5, 3],
  /** Along the second marker, memory cells. */
  memory: [-0.6, 0.3, 1.2],
  /** Memory cells this far above the core on the first marker are plasmablasts: a region of their own. */
  plasmablast: 1.8,
  /** Fewer cells than this are no region. */
  fewestCells: 20,
  /** Added to every density: a cell where the pool has none counts against a gain, but does not decide alone. */
  floor: 1e-6,
} as const;

/** The search for gains. */
export const SEARCH = {
  /** Cells read at the first, coarse look. */
  coarseCells: 250,
  coarseSweeps: 3,
  /**
   * Pool and gains in turn: first with few cells of each tube, at most so often and until no gain moves by more than
   * `settled`; then with all that are read. More cells sharpen nothing that classes of one tube, never stained quite alike,
   * do not blur. `isRigid`: at first every tube is held to
   * the shares of the study, which brings tubes of unlike stain together before anything is sharp. `starts`: how far from
   * where it stands the search also begins, in log gain.
   */
  stages: [
    { cells: 300, rounds: 4, starts: [], isRigid: true },
    { cells: 300, rounds: 3, starts: [], isRigid: false },
    { cells: 400, rounds: 1, starts: [0.15, 0.3], isRigid: false },
    { cells: 800, rounds: 5, starts: [], isRigid: false },
    { cells: 1500, rounds: 2, starts: [], isRigid: false },
  ],
  /** Steps of EM for the shares of the regions at each gain. */
  emSteps: 5,
  /** Longest step of a gain, and the step at which it has arrived. */
  longest: 0.2,
  arrived: 0.002,
  /** Steps in one round: what is left is left to the next, when the pool is sharper. */
  steps: 3,
  settled: 0.002,
  /** A tube of fewer cells than this weighs less in the pool. */
  leastWeight: 30,
} as const;

/** Cells of a tube that the search reads at most. */
export const MOST_CELLS = Math.max(...SEARCH.stages.map(({ cells }) => cells));

/** The mean over the gains that a tube's cells allow. */
export const MEAN = {
  /** Gauss–Hermite of three places: in standard deviations from the middle, with their weights. */
  places: [
    { at: -Math.sqrt(3), weight: 1 / 6 },
    { at: 0, weight: 2 / 3 },
    { at: Math.sqrt(3), weight: 1 / 6 },
  ],
  /** The places stand so much wider: tails are longer than a normal one's. Tried: 1 and 1.4, and 5 and 49 places, alike. */
  wide: 1.4,
} as const;
