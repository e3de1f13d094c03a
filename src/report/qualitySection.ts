import { type Quality, signed } from '../quality/index.ts';
import { bridgeTable } from './bridgeTable.ts';
import { noValue, pText } from './displayNumbers.ts';
import { flagBadges } from './flagBadges.ts';
import { type Html, html } from './html.ts';
import { lastName } from './populationName.ts';
import { headRow, qualityTable as table } from './qualityTable.ts';
import type { ReportInput } from './reportInput.ts';
import type { Section } from './sections.ts';

/** What could make the results doubtful: staining that moved, batches, bridging controls, labels, tubes that cannot be judged. */
export function qualitySection(input: ReportInput): Section | undefined {
  const { quality } = input;
  if (quality === undefined) return undefined;
  const body = html`${shiftTable(quality)}${batchTable(quality)}${bridgeTable(quality)}${swapText(quality)}${notJudged(input)}`;
  return { id: 'quality', title: 'Quality', body };
}

function shiftTable({ landmarkShifts }: Quality): Html | null {
  if (landmarkShifts.length === 0) return null;
  const rows = landmarkShifts.map(({ landmark, from, to, pairCount, medianShift, p, isMarked }) => {
    const mark = isMarked ? html` <span class="verdict warning">moved</span>` : null;
    return html`<tr><th scope="row">${landmark}</th><td>${from} to ${to}</td><td>${pairCount}</td><td>${signed(medianShift)}${mark}</td><td>${pText(p)}</td></tr>`;
  });
  const head = headRow(['Landmark', 'Visits', 'Patients', 'Median shift (u)', 'Sign-flip p']);
  return table(
    'Staining between visits',
    html`Landmarks that gates follow, between visits. A shift is taken out of the counts; a true change of all cells would look the same.`,
    head,
    rows,
  );
}

function batchTable({ batches }: Quality): Html | null {
  if (batches.length === 0) return null;
  const rows = batches.map(({ from, to, fromBatches, toBatches, isConfounded }) => {
    const verdict = isConfounded
      ? html`<span class="verdict warning">cannot be told apart</span>`
      : html`${fromBatches.filter((batch) => toBatches.includes(batch)).length} in common`;
    return html`<tr><th scope="row">${from} to ${to}</th><td>${fromBatches.join(', ')}</td><td>${toBatches.join(', ')}</td><td>${verdict}</td></tr>`;
  });
  const head = headRow(['Visits', 'Batches of the earlier', 'Batches of the later', 'Batch or visit?']);
  return table('Batch and visit', html`Batches in which the compared visits were run.`, head, rows);
}

function swapText({ swaps }: Quality): Html {
  if (swaps === null)
    return html`<p>Labels could not be checked: too few patients or visits to tell patients apart.</p>`;
  if (swaps.length === 0) return html`<p>No tube looks more like another patient than like its own.</p>`;
  const rows = swaps.map(({ sampleId, subject, looksLike, exchangedWith, score }) => {
    return html`<tr><th scope="row">${sampleId}</th><td>${subject}</td><td>${looksLike}</td><td>${exchangedWith ?? noValue}</td><td>${score.toFixed(1)}</td></tr>`;
  });
  const head = headRow(['Tube', 'Labelled', 'Looks like', 'Perhaps exchanged with', 'Log likelihood ratio']);
  return table('Likely swaps', html`Tubes that look like another patient: check the labels.`, head, rows);
}

/** Populations of the endpoints that have a row and no percentage, by tube. */
function notJudged({ frequencies, comparisons }: ReportInput): Html | null {
  const endpoints = new Set(comparisons.map((row) => row.population));
  const without = frequencies.filter((row) => row.status === 'not_evaluable' && endpoints.has(row.population));
  const tubes = [...new Set(without.map((row) => row.sampleId))].sort();
  if (tubes.length === 0) return null;
  const rows = tubes.map((sampleId) => {
    const own = without.filter((row) => row.sampleId === sampleId);
    const flags = [...new Set(own.flatMap((row) => row.flags))].sort();
    const names = own.map((row) => lastName(row.population)).join(', ');
    return html`<tr><th scope="row">${sampleId}</th><td>${names}</td><td>${flagBadges(flags)}</td></tr>`;
  });
  const head = headRow(['Tube', 'Populations', 'Why']);
  return table(
    'Cannot be judged',
    html`Endpoints without a percentage in a tube; they count as missing, never as zero.`,
    head,
    rows,
  );
}
