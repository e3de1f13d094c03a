import { MARKED_SHIFT, type Quality, signed } from '../quality/index.ts';
import { noValue } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import { headRow, qualityTable } from './qualityTable.ts';

interface BridgeRow {
  readonly batch: string;
  readonly landmark: string;
  readonly controls: number | null;
  readonly shift: number | null;
  readonly after: Html | string;
  readonly leftOut: number | null;
  readonly isMarked: boolean;
}

/** How bridging controls lie from batch to batch, and what an alignment by them leaves. */
export function bridgeTable(quality: Quality): Html | null {
  const { isAligned } = quality;
  const rows = [...landmarkRows(quality), ...stainRows(quality)];
  if (rows.length === 0) return null;
  const head = ['Batch', 'Landmark', 'Controls', 'Shift from all batches (u)'];
  const more = isAligned ? ['Left after alignment (u)', 'Left in a control that the others aligned (u)'] : [];
  return qualityTable(
    'Bridging controls',
    html`One donor in every batch: what differs is the batch.${isAligned ? alignedWords : null}`,
    headRow([...head, ...more]),
    rows.map((row) => line(row, isAligned)),
  );
}

const alignedWords = html` Cuts that a pool decides were carried by the shift of the marker’s bright cells. A control cannot
prove itself: what is left of it says how the rule works; what is left of a control that others aligned says what it is worth.`;

function landmarkRows({ bridgeShifts }: Quality): readonly BridgeRow[] {
  return bridgeShifts.map(({ batch, landmark, tubeCount, shift, isMarked }) => {
    return { batch, landmark, controls: tubeCount, shift, after: 'own landmarks', leftOut: null, isMarked };
  });
}

/** Markers that controls do not tell of are left out where nothing is aligned: nothing is missing then. */
function stainRows({ bridgeStains, isAligned }: Quality): readonly BridgeRow[] {
  return bridgeStains.flatMap((stain): BridgeRow[] => {
    const { batch, marker: landmark } = stain;
    if (stain.status === 'measured') {
      const { controlCount: controls, shift, left, leftOut } = stain;
      return [
        { batch, landmark, controls, shift, after: signed(left), leftOut, isMarked: Math.abs(shift) > MARKED_SHIFT },
      ];
    }
    if (!isAligned) return [];
    const after = html`<span class="verdict warning">not aligned: ${stain.reason.replaceAll('_', ' ')}</span>`;
    return [{ batch, landmark, controls: null, shift: null, after, leftOut: null, isMarked: false }];
  });
}

function line({ batch, landmark, controls, shift, after, leftOut, isMarked }: BridgeRow, isAligned: boolean): Html {
  const mark = isMarked ? html` <span class="verdict warning">moved</span>` : null;
  const size = shift === null ? noValue : signed(shift);
  const left = isAligned ? html`<td>${after}</td><td>${leftOut === null ? noValue : signed(leftOut)}</td>` : null;
  return html`<tr><th scope="row">${batch}</th><td>${landmark}</td><td>${controls ?? noValue}</td><td>${size}${mark}</td>${left}</tr>`;
}
