// In: the results of a run as plain values. Out: one self-contained HTML page, and its figures as SVG files.
// Never: reads FCS or any file, computes a result that a table does not hold, requests anything, knows time, host or threads.
export { agreementFigures } from './agreementFigures.ts';
export { loadDrawing } from './drawing.ts';
export { html, trusted } from './html.ts';
export { pairedFigures } from './pairedLines.ts';
export { renderReport } from './renderReport.ts';
export type { ReportInput, ReportMove, TubeSketch } from './reportInput.ts';
export { pageData } from './reviewPage/pageData.ts';
export { renderReviewPage } from './reviewPage/renderReviewPage.ts';
export { style } from './style.ts';
