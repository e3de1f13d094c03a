import type { TubeLook } from '../../tube/index.ts';

// Scatter and time in the words of all makers; ratios and widths are no dyes either.
const noDye = /^(?:F[SW]C?|SSC?|FALS|RALS|LS|Time|Event|Width|Ratio)(?![a-z])|scatter/i;

/** Markers that the template uses on channels of a dye for which the matrix has no row: "CD4 (APC-A)". */
export function uncoveredMarkers({ markers, channels, matrix }: TubeLook): string[] {
  const covered = new Set(matrix.channels);
  const times = new Set(channels.filter(({ isTime }) => isTime).map(({ name }) => name));
  return Object.entries(markers)
    .filter(
      ([marker, channel]) =>
        !covered.has(channel) && !times.has(channel) && !noDye.test(channel) && !noDye.test(marker),
    )
    .map(([marker, channel]) => `${marker} (${channel})`);
}
