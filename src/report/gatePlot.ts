import { type BookScale, type Geometry, kindOf, type Picture, type PictureAxis } from '../gating/index.ts';
import { axisTicks } from './axisTicks.ts';
import { densityImage } from './densityImage.ts';
import { gatePlane } from './gatePlane.ts';
import { type Html, html } from './html.ts';

// In SVG units, which are CSS pixels at the plot's natural size.
const side = 132;
const left = 38;
const bottom = 26;
const topAndRight = 5;
const width = left + side + topAndRight;
const height = topAndRight + side + bottom;

/**
 * One small density plot with the gate's outline.
 * @param said what the plot shows, for those who do not see it
 */
export function gatePlot(geometry: Geometry, picture: Picture, scales: readonly BookScale[], said: string): Html {
  const { bins, x, y } = picture;
  const axes = `${axisName(y)} against ${axisName(x)}`;
  // The casing below the line keeps it visible on dark and on light bins alike.
  const lines = kindOf(geometry)
    .outline(geometry, gatePlane(picture, scales))
    .filter(({ path }) => path !== '')
    .map(({ kind, path }) =>
      kind === 'edge'
        ? html`<path class="casing" d="${path}"/><path class="edge" d="${path}"/>`
        : html`<path class="divider" d="${path}"/>`,
    );
  return html`<svg class="plot" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${`${axes}. ${said}`}">
<rect class="paper" x="${left}" y="${topAndRight}" width="${side}" height="${side}"/>
<svg x="${left}" y="${topAndRight}" width="${side}" height="${side}" viewBox="0 0 ${bins} ${bins}">
<image href="${densityImage(picture)}" width="${bins}" height="${bins}"/>${lines}</svg>
${xAxis(x)}${yAxis(y)}</svg>`;
}

function xAxis(axis: PictureAxis): Html {
  const base = topAndRight + side;
  const marks = axisTicks(axis).map(({ at, label }) => {
    const x = place(left + at * side);
    return html`<path d="M${x} ${base}v3"/><text x="${x}" y="${base + 11}" text-anchor="${anchor(at)}">${label}</text>`;
  });
  return html`<g class="axis">${marks}<text class="name" x="${left + side / 2}" y="${base + 22}" text-anchor="middle">${axisName(axis)}</text></g>`;
}

function yAxis(axis: PictureAxis): Html {
  const marks = axisTicks(axis).map(({ at, label }) => {
    const y = place(topAndRight + (1 - at) * side);
    return html`<path d="M${left} ${y}h-3"/><text x="${left - 4}" y="${place(Math.min(y + 3, topAndRight + side))}" text-anchor="end">${label}</text>`;
  });
  const middle = topAndRight + side / 2;
  return html`<g class="axis">${marks}<text class="name" transform="translate(7 ${middle})rotate(-90)" text-anchor="middle">${axisName(axis)}</text></g>`;
}

function axisName({ marker, channel }: PictureAxis): string {
  return marker === channel ? marker : `${marker} (${channel})`;
}

// A label at the very end of the axis would run out of the plot.
function anchor(at: number): string {
  return at > 0.96 ? 'end' : 'middle';
}

function place(x: number): number {
  return Math.round(x * 100) / 100;
}
