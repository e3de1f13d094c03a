/**
 * Numbers of the registration, in u and in log gain. Tried on thirds of two real tubes and on drawn cohorts:
 * docs/decisions/ridge.md.
 */
export const REGISTRATION = {
  /** Plane of the densities: first and last u, and bins along each side. */
  firstU: -1,
  lastU: 7.5,
  bins: 64,
  /** Steps of u along the diagonal from the core that part the naive-like cells into regions. */
  alongEdges: [-1.2, -0.5, 0, 0.5, 1, 1.6, 2.3],
  /** Steps of the second marker from the core that part the memory cells. */
  memoryEdges: [-0.6, 0.3, 1.2],
  /** Memory cells this far above the core on the first marker are plasmablasts: a region of their own. */
  plasmablastAbove: 1.8,
  /** Fewer cells than this are no region. */
  fewestCells: 20,
  /** Widths of the Gaussian that smooths a region, in u: naive-like, memory, and both in the first, coarse look. */
  naiveWidth: 0.18,
  memoryWidth: 0.22,
  coarseWidth: 0.35,
  /** Added to every density: a cell where the pool has none counts against a gain, but does not decide alone. */
  floor: 1e-6,
  /** Log gains of tubes of one study scatter by about this: subject .10, batch .08, tube .06 in the drawn cohorts. */
  priorSd: 0.15,
  /** Log gains tried at first, on both markers. */
  coarseGains: [-0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9],
  coarseCells: 300,
  /** Cells of a tube that are read: more sharpen nothing that classes of one tube, never stained quite alike, do not blur. */
  mostCells: 1500,
  /** First step of the search, and the step at which it has arrived. */
  firstStep: 0.08,
  arrived: 0.003,
  /** Steps of EM for the shares of the regions: where the search begins, and at each gain that is tried. */
  emAtStart: 8,
  emAtTry: 3,
  /** Pool and gains in turn: at most so often, and until no gain moves by more than this. */
  rounds: 8,
  settled: 0.004,
  /** Half width of the differences that give the error of a gain. */
  curvatureStep: 0.06,
} as const;

/** Numbers of the registration on one further axis. */
export const AXIS_REGISTRATION = {
  /** Width of the Gaussian that smooths each side, in u. */
  width: 0.15,
  rounds: 5,
  /** Log gains tried at first. */
  coarseGains: [-2.4, -2.1, -1.8, -1.5, -1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9, 1.2],
  /** Degrees of freedom of the prior: few, so that a tube that is far off costs little once its cells say so. */
  priorDegrees: 2,
  /** A tube of fewer cells than this weighs less in the pool. */
  leastWeight: 30,
} as const;
