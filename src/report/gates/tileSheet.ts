import { encode } from 'fast-png';
import type { Picture } from '../../gating/index.ts';

type Rgb = readonly [number, number, number];

// Steps of density, and of the share inside: more would only make the file larger.
const levels = 12;
const shares = 5;
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
const ground = [255, 255, 255, 0];

const palette: number[][] = [ground, ...colours()];

/** Plots side by side in one image, so that a page holds one a population and not one a tube. */
export interface TileSheet {
  /** Base64 of a PNG. */
  readonly png: string;
  /** Tiles in a row; a tile is as many pixels wide and high as a picture has bins. */
  readonly columns: number;
  readonly bins: number;
}

const mostColumns = 16;

/**
 * The densities of pictures, one a tile: grey outside the gate, coloured inside, and between for bins of which a part is
 * inside; darker for more events (even steps of log(1 + count), the fullest bin of a tile darkest).
 */
export function tileSheet(pictures: readonly Picture[]): TileSheet {
  const bins = Math.max(1, ...pictures.map((picture) => picture.bins));
  const columns = Math.max(1, Math.min(mostColumns, pictures.length));
  const [width, height] = [columns * bins, Math.max(1, Math.ceil(pictures.length / columns)) * bins];
  const pixels = new Uint8Array(width * height);
  pictures.forEach((picture, tile) => {
    drawTile(pixels, picture, { width, left: (tile % columns) * bins, top: Math.floor(tile / columns) * bins });
  });
  const png = encode({ width, height, data: pixels, depth: 8, channels: 1, palette }, { zlib: { level: 9 } });
  return { png: Buffer.from(png).toString('base64'), columns, bins };
}

interface Corner {
  readonly width: number;
  readonly left: number;
  readonly top: number;
}

/** The highest y is the first row, as in any image. */
function drawTile(pixels: Uint8Array, { bins, density, inside }: Picture, { width, left, top }: Corner): void {
  const fullest = density.reduce((most, count) => Math.max(most, count), 0);
  const perLog = fullest === 0 ? 0 : (levels - 1) / Math.log1p(fullest);
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const bin = row * bins + column;
      const count = density[bin]!;
      if (count === 0) continue;
      const level = Math.round(Math.log1p(count) * perLog);
      const share = Math.round((inside[bin]! / count) * (shares - 1));
      pixels[(top + bins - 1 - row) * width + left + column] = 1 + level * shares + share;
    }
  }
}

function colours(): number[][] {
  const [inside, outside] = [ramp(insideStops), ramp(outsideStops)];
  return inside.flatMap((own, level) =>
    Array.from({ length: shares }, (_, s) => {
      const share = s / (shares - 1);
      const other = outside[level]!;
      const mixed = (i: 0 | 1 | 2): number => Math.round(other[i] + share * (own[i] - other[i]));
      return [mixed(0), mixed(1), mixed(2), 255];
    }),
  );
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
