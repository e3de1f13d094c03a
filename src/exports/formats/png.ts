import { problem } from '../../problems/index.ts';
import { type ExportFormat, type ExportPiece, filePiece } from '../exportFormat.ts';
import { noPackage, optionalPackage } from '../optionalPackage.ts';

/** Dots an inch that journals ask of line art, and millimetres of an inch. */
const DOTS_AN_INCH = 600;
const MM_AN_INCH = 25.4;

export const png: ExportFormat = {
  name: 'png',
  summary: 'each figure as a PNG of 600 dots an inch at its own width, for programs that take no SVG',
  isDraft: false,
  needs: 'tables',
  async *pieces(run): AsyncIterable<ExportPiece> {
    const figures = run.outputs.filter(({ path }) => path.startsWith('figures/') && path.endsWith('.svg'));
    if (figures.length === 0) return;
    const library = await optionalPackage(() => import('@resvg/resvg-js'));
    if (library === undefined) {
      yield noPackage('png', '@resvg/resvg-js');
      return;
    }
    const { Resvg } = library;
    const font = { loadSystemFonts: true };
    // Without a font the library leaves all letters out, and says nothing.
    const trial = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15">n</text></svg>';
    if (new Resvg(trial, { font }).getBBox() === undefined) {
      const message = 'there is no font on this machine to write the figures with: they would have no letters';
      yield {
        kind: 'problem',
        problem: problem(
          'error',
          'output.not-exported',
          message,
          {},
          'install a font such as DejaVu Sans or Liberation Sans; the SVG files are whole',
        ),
      };
      return;
    }
    for (const { path } of figures) {
      const svg = run.text(path);
      const picture = new Resvg(svg, { font, fitTo: { mode: 'width', value: dotsOf(svg) }, background: '#fff' });
      yield filePiece(path.replace(/\.svg$/, '.png'), picture.render().asPng());
    }
  },
};

/** Width in dots, from that in millimetres which every figure states. */
function dotsOf(svg: string): number {
  const width = /^<svg [^>]*\bwidth="([\d.]+)mm"/.exec(svg)?.[1];
  if (width === undefined) throw new Error('a figure of ours states no width in millimetres');
  return Math.round((Number(width) / MM_AN_INCH) * DOTS_AN_INCH);
}
