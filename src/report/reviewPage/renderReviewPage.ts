import { pageStyle } from './pageStyle.ts';
import { pageScript } from './script/pageScript.ts';

// Nothing is requested and nothing runs but the page's own script, whatever stands in the data.
const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/**
 * The review as one file that needs nothing beside it.
 * @param header what `pageData` gives as header
 * @param events its bytes, deflated (raw) and in base64
 */
export function renderReviewPage(header: object, events: string): string {
  // No text of the data can end the element that holds it.
  const json = JSON.stringify(header).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Review of gates – cytopair</title><style>${pageStyle}</style></head>
<body>${body}
<script type="application/json" id="header">${json}</script>
<script type="application/octet-stream" id="events">${events}</script>
<script>${pageScript}</script></body></html>
`;
}

const body = `<header><h1>Review of gates</h1><p>Tubes stand under codes; which patient or visit they are is not in this file. Shares are shown once a gate is decided.</p>
<label>Your initials <input id="author" size="6" maxlength="20" autocomplete="off"></label>
<p id="count"></p><p id="status" role="status"></p></header>
<div class="layout"><nav aria-label="Gates"><h2>Gates</h2><ul id="gates"></ul></nav>
<main><section id="overview"><h2 id="sheet-title"></h2><ol id="sheet"></ol><p><button type="button" id="more" hidden>show more</button></p></section>
<section id="tube" hidden aria-labelledby="tube-title"><p class="row"><button type="button" id="to-sheet">back to the sheet (Esc)</button><button type="button" id="next">next undecided (N)</button></p>
<h2 id="tube-title"></h2><p class="soft" id="tube-path"></p><ul id="flags"></ul>
<div class="view"><div><div class="plotbox"><canvas id="x-hist" aria-hidden="true"></canvas><div id="y-axis" aria-hidden="true"></div>
<canvas id="plot" role="img" tabindex="0" aria-label="plot of the gate; arrows move the chosen edge by 0.02 u, with Shift by 0.1 u"></canvas>
<canvas id="y-hist" aria-hidden="true"></canvas><div id="x-axis" aria-hidden="true"></div></div>
<p id="live" aria-live="polite"></p><p class="soft" id="decision"></p>
<label class="soft check"><input type="checkbox" id="back"> show events of the planned endpoints (back-gating)</label></div>
<div class="tools"><h3>Other cuts of this gate</h3><ul id="planes" class="strip"></ul>
<h3>Edges</h3><ul id="handles"></ul>
<h3>Meant for</h3><select id="scope" aria-label="for which tubes the change is meant"><option value="subject">this patient’s tubes alike</option><option value="tube">this tube</option><option value="batch">this batch</option><option value="all">all tubes</option></select>
<h3>Reason</h3><div id="reasons"><button type="button" aria-pressed="false">debris in gate</button><button type="button" aria-pressed="false">valley missed</button><button type="button" aria-pressed="false">spillover</button></div>
<label class="soft">other <input id="other" maxlength="200" autocomplete="off"></label>
<p class="row"><button type="button" class="main" id="accept">accept as it lies (A)</button><button type="button" class="main" id="record">record the move (M)</button><button type="button" id="exclude">take out (E)</button><button type="button" id="undo">take back (Z)</button></p>
<h3>Its parents</h3><ul id="chain" class="strip"></ul></div></div></section></main>
<aside class="patches" aria-label="Decisions"><h2>Decisions</h2><ul id="decisions" tabindex="0" aria-label="decisions, the last first"></ul>
<h3>overrides.yaml</h3><textarea id="overrides" readonly aria-label="overrides.yaml"></textarea>
<p class="row"><button type="button" id="copy">copy</button><button type="button" id="save-overrides">download overrides.yaml</button><button type="button" id="save-accepted">download accepted.json</button></p>
<details id="help"><summary>Keys (?)</summary><ul><li>arrows: the chosen edge by 0.02 u, with Shift by 0.1 u</li><li>A accept, M record the move, E take out</li><li>Z take back, N next undecided, Esc back</li></ul></details></aside></div>`;
