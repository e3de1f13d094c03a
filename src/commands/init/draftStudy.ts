import type { DraftPanel } from './draftPanels.ts';
import type { LeftOut } from './fcsFolder.ts';
import type { DraftVisit } from './guessNames.ts';
import { byReason } from './leftOutText.ts';

interface StudyFacts {
  readonly name: string;
  /** Data root relative to study.yaml. */
  readonly data: string;
  /** In the order of time. */
  readonly visits: readonly DraftVisit[];
  readonly panels: readonly DraftPanel[];
  /** Subjects that file names spell in several ways, as sentences. */
  readonly spellings: readonly string[];
  /** Files without a row, each as the line of the sheet that it would be, as far as known. */
  readonly open: readonly { readonly reason: string; readonly line: string }[];
  readonly unread: readonly LeftOut[];
}

/**
 * The text of a study.yaml with the plan of a cautious biostatistician: two regulatory subsets as the primary family with
 * Holm's adjustment, the lineages by equivalence, everything marked for a person to confirm before the data are seen. A
 * plan needs two visits and a template that has these populations: without them it says so and plans nothing.
 */
export function draftStudy({ name, data, visits, panels, spellings, open, unread }: StudyFacts): string {
  const confirmed = spellings.map((sentence) => `# confirm: ${oneLine(sentence)}\n`).join('');
  return `# Drafted by cytopair init. Every line marked "confirm" is a guess or a default: a person decides, before the
# data are compared. cytopair check study.yaml lists what is still wrong.
${confirmed}cytopair: 1
study: ${quoteText(name)}
data: ${quoteText(data)}                    # confirm: nothing outside this folder is read
sheet: sheet.csv
${templatesOf(panels)}${visitsOf(visits)}${planOf(visits, panels)}alpha: 0.05                      # confirm
level: 0.95                      # of intervals
rules:
  min_parent: 100                # confirm: denominator events needed to call a subset evaluable
  few_parents: 500
  few_events: 25
  zero_rule: half_event
seed: 1
${openRows(open)}${unreadFiles(unread)}`;
}

function templatesOf(panels: readonly DraftPanel[]): string {
  const see = (template: string) => `# confirm: cytopair template show ${template}`;
  const [first] = panels;
  if (first !== undefined && panels.length === 1 && first.panel === '') {
    return `template: ${first.template}     ${see(first.template)}\n`;
  }
  const lines = panels.map(({ panel, template }) => `  ${quoteText(panel)}: ${template}     ${see(template)}\n`);
  return `template:                        # by panel\n${lines.join('')}`;
}

function visitsOf(visits: readonly DraftVisit[]): string {
  const head =
    'visits:                          # confirm the order: the first is baseline; add window: [first day, last day]';
  // The study needs a visit; without any that names show, this is an example.
  if (visits.length === 0)
    return `visits: [BL, M1]                 # confirm: no file name shows a visit, these are examples\n`;
  return `${head}\n${visits.map(visitLine).join('\n')}\n`;
}

function visitLine({ id, day, isBaseline }: DraftVisit): string {
  if (day === undefined) return `  - {id: ${id}}`;
  return `  - {id: ${id}, day: ${day}}${isBaseline ? '' : '             # confirm the day'}`;
}

function planOf(visits: readonly DraftVisit[], panels: readonly DraftPanel[]): string {
  const has = (name: string) => panels.some(({ template }) => template === `shipped:${name}`);
  const isScreened = visits.length > 2 && visits[1]?.isBaseline === true;
  const [from, to] = isScreened ? visits.slice(1) : visits;
  if (from === undefined || to === undefined) {
    const seen = from === undefined ? 'no visit' : 'one visit';
    return `# Nothing is planned: the file names show ${seen}, and a comparison needs two. With them, add comparisons: and
# families: (docs/template-guide.md and docs/statistics.md)             # confirm\n`;
  }
  const comparison = `comparisons:
  - {id: ${to.id}-${from.id}, from: ${from.id}, to: ${to.id}}   # confirm: the effect is to minus from
`;
  const answering = (...names: readonly string[]) => panelLine(panels, names);
  const ids = { from: from.id, to: to.id };
  const regulatory = has('b-regulatory') ? regulatoryFamily(ids, answering('b-regulatory')) : '';
  const lineages =
    has('b-regulatory') || has('lineages') ? lineagesFamily(ids, answering('lineages', 'b-regulatory')) : '';
  if (lineages === '') {
    return `${comparison}# No family is planned: name the populations of your template under families: before the data are compared.   # confirm\n`;
  }
  return `${comparison}families:                        # confirm: planned before unblinding; what is not written here is not planned
${regulatory}${lineages}`;
}

function openRows(open: StudyFacts['open']): string {
  if (open.length === 0) return '';
  const groups = byReason(open.map(({ line, reason }) => ({ name: line, reason })));
  const lines = [...groups].map(
    ([reason, rows]) => `# ${oneLine(reason)}\n${rows.map((row) => `#   ${row}\n`).join('')}`,
  );
  return `
# Files without a row in sheet.csv, because their names do not say enough. To take one in, copy its line to sheet.csv
# without "#   " and fill in the empty cells; a control has a role (fmo, single, unstained, bridge) in their place.
${lines.join('')}`;
}

function unreadFiles(unread: readonly LeftOut[]): string {
  if (unread.length === 0) return '';
  const lines = [...byReason(unread)].map(([reason, names]) => {
    return `# ${oneLine(reason)}\n${names.map((name) => `#   ${oneLine(name)}\n`).join('')}`;
  });
  return `\n# Files that cannot be tubes:\n${lines.join('')}`;
}

/** What a comment of YAML can hold: no line end, no control character. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a comment cannot hold
  return text.replace(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ');
}

/** Where several panels could answer, the first whose template is meant for the question does. */
function panelLine(panels: readonly DraftPanel[], names: readonly string[]): string {
  if (panels.length < 2) return '';
  const found = names.flatMap((name) => panels.filter(({ template }) => template === `shipped:${name}`))[0];
  return found === undefined
    ? ''
    : `    panel: ${quoteText(found.panel)}          # confirm: other panels show these populations too\n`;
}

/** Visits of a drafted comparison. */
interface DraftPair {
  readonly from: string;
  readonly to: string;
}

function regulatoryFamily({ from, to }: DraftPair, panel: string): string {
  return `  - id: regulatory
    role: primary                # confirm
    question: change
    comparison: ${to}-${from}
${panel}    test: signed_rank            # exact, two-sided
    scale: log-ratio
    adjust: holm
    endpoints:                   # confirm
      - {population: B/CD24hiCD38hi, measure: pct_of_B}
      - {population: B/CD27+CD38lo-CD24hi, measure: pct_of_B}
`;
}

function lineagesFamily({ from, to }: DraftPair, panel: string): string {
  return `  - id: lineages
    role: secondary              # confirm
    question: equivalence
    comparison: ${to}-${from}
${panel}    margins: {ratio: [0.80, 1.25]}   # confirm: declared before the data, or delete this family
    sensitivity: [draws]         # does the answer hang on where the gates lie?
    endpoints:                   # confirm
      - {population: Lymphocytes/T, measure: pct_of_Lymphocytes, margins: {odds_ratio: [0.80, 1.25]}}
      - {population: Lymphocytes/B, measure: pct_of_Lymphocytes}
      - {population: Lymphocytes/NK, measure: pct_of_Lymphocytes}
      - {population: Leukocytes/Monocytes, measure: pct_of_Leukocytes}
`;
}

/** A folder or a panel may be called "true" or "null": without quotes YAML would read no text. */
function quoteText(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9._/-]*$/.test(text) && !/^(true|false|null)$/i.test(text);
  return isPlain ? text : `'${text.replaceAll("'", "''")}'`;
}
