import { html, style, trusted } from '../../report/index.ts';
import { isNothing, type RunDifference } from '../../runs/index.ts';
import { differenceParts, shortPath, signed } from './differenceText.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** What changed as one file that needs nothing beside it: every part whole, gates and counts tube by tube. */
export function differencePage(names: readonly [string, string], difference: RunDifference): string {
  const { gates, counts } = difference;
  const parts = differenceParts(difference).map(
    ({ title, lines }) =>
      html`<section><h2>${title}</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`,
  );
  const moves = gates.flatMap(({ population, moves: list }) =>
    list.map(
      ({ sampleId, edge, by, isByHand }) =>
        html`<tr><th scope="row" title="${population}">${shortPath(population)}</th><td>${sampleId}</td><td>${edge}</td><td>${by === null ? 'another shape' : `${signed(by)} u`}</td><td>${isByHand ? 'by hand' : ''}</td></tr>`,
    ),
  );
  const rows = counts.flatMap(({ population, tubes }) =>
    tubes.map(
      ({ sample_id: id, count, percent, status }) =>
        html`<tr><th scope="row" title="${population}">${shortPath(population)}</th><td>${id}</td><td>${count[0] ?? ''} → ${count[1] ?? ''}</td><td>${percentOf(percent[0])} → ${percentOf(percent[1])}</td><td>${status[0] === status[1] ? status[0] : `${status[0]} → ${status[1]}`}</td></tr>`,
    ),
  );
  const sentences = difference.conclusions.flatMap(({ from, to }) =>
    from?.sentence === to?.sentence
      ? []
      : [html`<tr><td>${from?.sentence ?? ''}</td><td>${to?.sentence ?? ''}</td></tr>`],
  );
  const table = (label: string, heads: readonly string[], body: readonly ReturnType<typeof html>[]) =>
    body.length === 0
      ? null
      : html`<section><h2>${label}</h2><div class="scroll" role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${body}</tbody></table></div></section>`;
  const page = html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${names[0]} and ${names[1]} – cytopair</title><style>${trusted(style)}</style></head>
<body><header><h1>From ${names[0]} to ${names[1]}</h1><p class="brand">cytopair compare</p></header><main>
${isNothing(difference) ? html`<p>Nothing changed.</p>` : null}${parts}
${table('Sentences', [names[0], names[1]], sentences)}
${table('Gates tube by tube', ['Population', 'Tube', 'Edge', 'Moved by', ''], moves)}
${table('Counts tube by tube', ['Population', 'Tube', 'Events', '% of parent', 'Status'], rows)}</main></body></html>`;
  return `<!doctype html>\n${page.html}\n`;
}

function percentOf(percent: number | null): string {
  return percent === null ? '–' : `${percent.toFixed(2)} %`;
}
