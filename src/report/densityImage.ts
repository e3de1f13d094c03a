import { encode } from 'fast-png';
import type { Picture } from '../gating/index.ts';

type Rgb = readonly [number, number, number];

// Levels a ramp: fewer would show as steps, more would only make the file larger.
const levels = 24;
// Viridis read backwards without its yellow end, which vanishes on a light ground: even steps of lightness, readable
// without colour vision (stops of the published map, Smith & van der Walt 2015).
const insideStops: readonly Rgb[] = [
  [122, 209, 81],
  [34, 168, 132],
  [42, 120, 142],
  [65, 68, 135],
  [68, 1, 84],
];
const outsideStops: readonly Rgb[] = [
  [222, 222, 216],
  [112, 112, 108],
];
const ground: Rgb = [255, 255, 255];
const palette: number[][] = [ground, ...ramp(outsideStops), ...ramp(insideStops)].map((rgb) => [...rgb, 255]);
// An empty bin lets the ground of the plot through.
palette[0] = [...ground, 0];

/**
 * The density of a gate's parent as a PNG of one pixel a bin: colour where most events of a bin are inside the gate, grey
 * where they are not, darker for more events (even steps of log(1 + count), the fullest bin darkest).
 * @returns a data URI; the highest y is the first row, as in any image
 */
export function densityImage(picture: Picture): string {
  const { bins, density, inside } = picture;
  const fullest = density.reduce((most, count) => Math.max(most, count), 0);
  const perLog = fullest === 0 ? 0 : (levels - 1) / Math.log1p(fullest);
  const pixels = new Uint8Array(bins * bins);
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const bin = row * bins + column;
      const count = density[bin]!;
      if (count === 0) continue;
      const level = Math.round(Math.log1p(count) * perLog);
      const isInside = 2 * inside[bin]! >= count;
      pixels[(bins - 1 - row) * bins + column] = 1 + level + (isInside ? levels : 0);
    }
  }
  const png = encode(
    { width: bins, height: bins, data: pixels, depth: 8, channels: 1, palette },
    { zlib: { level: 9 } },
  );
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** Colours of the legend, light to dark: CSS gradients of the two ramps. */
export const rampColours = { inside: gradient(insideStops), outside: gradient(outsideStops) } as const;

function ramp(stops: readonly Rgb[]): Rgb[] {
  return Array.from({ length: levels }, (_, level) => {
    const place = (level / (levels - 1)) * (stops.length - 1);
    const left = Math.min(Math.floor(place), stops.length - 2);
    const share = place - left;
    const from = stops[left]!;
    const to = stops[left + 1]!;
    const mixed = (i: 0 | 1 | 2): number => Math.round(from[i] + share * (to[i] - from[i]));
    return [mixed(0), mixed(1), mixed(2)];
  });
}

function gradient(stops: readonly Rgb[]): string {
  return `linear-gradient(90deg,${stops.map((rgb) => `rgb(${rgb.join(' ')})`).join(',')})`;
}
