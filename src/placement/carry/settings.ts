import type { RegistrationSettings } from '../ridge/settings.ts';

/** Numbers of carrying; u and log gain. Measured on the tubes of a real assay: docs/decisions/carried.md. */
export const CARRY = {
  /** Width of the Gaussian that smooths a population's density, in u. */
  width: 0.15,
  /** Least height of a mode over the saddle to a higher one, as a share of its height; as in a contour. */
  prominence: 0.15,
  /** A basin with less of the pool than this is strays. */
  leastShare: 0.01,
  /** Fewer events of the parent show no density to go by. */
  leastEvents: 100,
  /** A gain that may be missed by more than this (one standard error) is not known. */
  unsure: 0.15,
  /**
   * Between two tubes of one assay gains are found to differ by this (standard deviation, an axis) where the lab leaves its
   * gates alone: differences of brightness, and cells that change with what is measured.
   */
  scatter: 0.1,
  /** A log gain this large is another setting of the instrument rather than a stain. */
  far: 0.9,
  /** A tube is unlike the rest where its events are less likely among those of the others than among its own, by this per event. */
  unlike: 0.35,
} as const;

/** The registration of the plane of a drawn gate. */
export const CARRY_PLANE: RegistrationSettings = {
  widths: [CARRY.width],
  coarseWidth: 0.25,
  priorSd: 0.4,
  priorDegrees: Number.POSITIVE_INFINITY,
  coarseGains: [-1.2, -0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9, 1.2],
};
