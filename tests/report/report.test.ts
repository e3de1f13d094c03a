import { describe, expect, test } from 'vitest';
import { type AssociationRow, associationColumns } from '../../src/analysis/index.ts';
import type { Quality } from '../../src/quality/index.ts';
import { renderReport } from '../../src/report/tools.ts';
import { analyzeInput, gateInput, sampleInput } from './sampleInput.ts';

const page = renderReport(sampleInput());
const everyPage = [page, renderReport(analyzeInput()), renderReport(gateInput())];

/** What a reader sees: no tags, no style sheet, no script. */
function textOf(markup: string): string {
  const body = markup.replace(/<style>[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, ' ');
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

function sectionsOf(markup: string): string[] {
  return [...markup.matchAll(/<section id="([a-z]+)"/g)].map((match) => match[1] ?? '');
}

describe('what the page holds', () => {
  test('a run: headline, comparisons, courses, tubes, gates, frequencies, problems, methods, provenance in this order', () => {
    const order = [
      'comparisons',
      'courses',
      'tubes',
      'gates',
      'frequencies',
      'quality',
      'problems',
      'methods',
      'provenance',
    ];
    expect(sectionsOf(page)).toEqual(order);
    expect(textOf(page)).toContain('synthetic data: a program made these events');
  });

  test('gate has gates and frequencies and no statistics; analyze has statistics and no tubes', () => {
    expect(sectionsOf(renderReport(gateInput()))).toEqual(['tubes', 'gates', 'frequencies', 'problems', 'provenance']);
    const analysed = sectionsOf(renderReport(analyzeInput()));
    expect(analysed).toEqual(['comparisons', 'courses', 'problems', 'methods', 'provenance']);
    expect(textOf(renderReport(gateInput()))).not.toContain('synthetic data');
  });

  test('every planned comparison stands with its sentence, its p as number and as count of total', () => {
    const input = sampleInput();
    const planned = input.comparisons.filter((row) => row.analysis === 'primary');
    expect(planned).toHaveLength(5);
    for (const row of planned)
      expect(page).toContain(`<p>${row.sentence?.replaceAll("'", '&#39;').replaceAll('<', '&lt;')}</p>`);
    expect(textOf(page)).toMatch(/0\.0156 2\/128 Holm-adjusted 0\.0313 beside it, Benjamini–Hochberg 0\.0156/);
    expect(textOf(page)).toContain('×1.91 [1.37, 2.00] 95.3 %');
  });

  test('a primary family is called primary among the immune endpoints, and no other family is', () => {
    expect(textOf(page).match(/primary among the immune endpoints/g)).toHaveLength(1);
  });

  test('beside a primary endpoint stands what else moved', () => {
    const sibling = {
      family: 'regulatory',
      endpoint: 'Singlets/Lymphocytes/B/CD24hiCD38hi pct_of_B',
      relation: 'sibling',
      population: 'Singlets/Lymphocytes/B/Naive',
      measure: 'pct_of_B',
      visit_from: 'BL',
      visit_to: 'M1',
      n_pairs: 8,
      n_up: 1,
      n_down: 7,
      median_from: 65,
      median_to: 48.1,
      median_ratio: 0.741,
      panel: null,
    } as const;
    const family = sampleInput().comparisons[0]?.family ?? '';
    const text = textOf(renderReport({ ...sampleInput(), siblings: [{ ...sibling, family }] }));
    expect(text).toMatch(/Naive\s*% of B\s*8\s*1 \/ 7\s*65.00 → 48.10 ×0.74/);
  });

  test('a study without families is said to have planned nothing', () => {
    expect(textOf(renderReport(sampleInput()))).toContain('Not planned:');
    expect(page).toMatch(/<div class="remark"><p>Not planned:<\/p><ul><li>visits\.csv also compares M3 with BL<\/li>/);
    expect(textOf(renderReport({ ...sampleInput(), isPlanned: false }))).toContain('Nothing was planned');
    expect(textOf(page)).not.toContain('Nothing was planned');
  });

  test('who is missing from the pairs is named, with the visit', () => {
    expect(textOf(page)).toMatch(/Not in every pair: P03 : no tube at M1 /);
    expect(textOf(page)).toContain('P06 : excluded at M6');
  });

  test('the contrasts of the mixed model stand beside the pairs of each visit, each p named for what it is', () => {
    const input = sampleInput();
    const row = input.visitRows.find((one) => one.lmm_estimate !== null && one.visit === 'M1');
    const courses = textOf(page.slice(page.indexOf('id="courses"'), page.indexOf('id="tubes"')));
    expect(courses).toContain('p, Holm over visits Against the first visit, mixed model p of the model');
    expect(row?.lmm_estimate).toBeDefined();
    expect(courses).toContain(`×${Math.exp(row?.lmm_estimate ?? 0).toFixed(2)} [`);
  });

  test('patient × visit: every value of an endpoint, and why there is none', () => {
    const [, matrix = ''] = /<table class="heat">(.*?)<\/table>/s.exec(page) ?? [];
    expect(matrix.match(/<tr data-s=/g)).toHaveLength(8);
    expect(matrix.match(/<td /g)).toHaveLength(48);
    const words = textOf(matrix);
    for (const why of ['no tube', 'failed', 'excluded']) expect(words).toContain(why);
  });

  test('a failed tube is named at the gates and its cell of the visits says failed', () => {
    expect(textOf(page)).toContain('Without pictures, because the tube failed: P05_M3.');
    expect(page).toContain('<span class="verdict failed">failed</span>');
  });

  test('every input file and the template stand with their hashes', () => {
    expect(page).toContain('b'.repeat(64));
    expect(page.match(/<code>a{63}6<\/code>/g)).toHaveLength(
      sampleInput().files.filter((f) => f.sampleId?.length === 6).length,
    );
  });

  test('quality says which staining moved, and where batch and visit cannot be told apart', () => {
    const quality = textOf(page.slice(page.indexOf('id="quality"'), page.indexOf('id="problems"')));
    expect(quality).toMatch(/b-core CD38\s*BL to M1\s*7\s*\+0\.21 moved\s*0\.0156/);
    expect(quality).toContain('cannot be told apart');
    expect(quality).toContain('No tube looks more like another patient than like its own.');
  });

  test('counting noise above the spread of the patients is said in words, not as a share above 100 %', () => {
    const input = sampleInput();
    const withShare = (counting_share: number) =>
      textOf(renderReport({ ...input, comparisons: input.comparisons.map((row) => ({ ...row, counting_share })) }));
    expect(withShare(0.4)).toContain('Counting noise is 40.0 % of the variance of the differences');
    expect(withShare(20.69)).toContain('chance in counting alone would spread their changes wider');
    expect(withShare(20.69)).not.toContain('2069');
  });

  test('bridging controls stand with their shift, and with what an alignment by them left', () => {
    const stain = { status: 'measured', batch: 'b2', marker: 'CD25', controlCount: 2, study: 4 } as const;
    const bridgeStains: Quality['bridgeStains'] = [
      { ...stain, shift: 0.42, carried: 0.4, left: 0.02, leftOut: -0.06 },
      { status: 'unknown', batch: 'b3', marker: 'CD25', reason: 'no_control' },
    ];
    const withBridges = (isAligned: boolean) => {
      const input = sampleInput();
      const quality = { ...(input.quality as Quality), bridgeStains, isAligned };
      const whole = renderReport({ ...input, quality });
      return textOf(whole.slice(whole.indexOf('id="quality"'), whole.indexOf('id="problems"')));
    };
    expect(withBridges(true)).toMatch(/b2\s*CD25\s*2\s*\+0\.42 moved\s*\+0\.02\s*−0\.06/);
    expect(withBridges(true)).toMatch(/b3\s*CD25.*not aligned: no control/);
    expect(withBridges(true)).toMatch(/A control cannot\s+prove itself/);
    expect(withBridges(false)).toMatch(/b2\s*CD25\s*2\s*\+0\.42 moved/);
    expect(withBridges(false)).not.toMatch(/b3|prove itself|after alignment/);
  });

  test('what else a change goes with stands as a sentence, foreign text in it as text', () => {
    const blank = Object.fromEntries(associationColumns.map(({ name }) => [name, null])) as unknown as AssociationRow;
    const asked = { association: 'benefit', role: 'exploratory', question: 'correlation', analysis: 'primary' };
    const row = { ...blank, ...asked, sentence: 'No association with <b>SLEDAI</b> was detected.' };
    const own = renderReport({ ...sampleInput(), associations: [row] });
    expect(sectionsOf(own)).toContain('associations');
    const section = own.slice(own.indexOf('<section id="associations"'));
    expect(section).toContain('Does the change go with a covariate? exploratory.');
    expect(section).toContain('&lt;b&gt;SLEDAI&lt;/b&gt;');
    expect(sectionsOf(page)).not.toContain('associations');
  });

  test('an empty run still makes a page', () => {
    const nothing = {
      tubes: [],
      panels: [],
      frequencies: [],
      comparisons: [],
      pairs: [],
      visitRows: [],
      values: [],
      quality: undefined,
      problems: [],
    };
    const empty = renderReport({
      ...sampleInput(),
      ...nothing,
      pictures: new Map(),
      files: [],
      methods: '',
      visits: [],
    });
    expect(sectionsOf(empty)).toEqual(['problems', 'provenance']);
    expect(textOf(empty)).toContain('None were found.');
  });
});

describe('the first screen', () => {
  const header = (input = sampleInput()) => {
    const [, text = ''] = /<header>(.*?)<\/header>/s.exec(renderReport(input)) ?? [];
    return text;
  };

  test('what each family asked and its answer, the primary ones in whole sentences', () => {
    const words = textOf(header());
    expect(words).toContain('Does CD24hiCD38hi and CD27+CD38lo-CD24hi change from BL to M1?'.replace('Does', 'Do'));
    for (const row of sampleInput().comparisons.filter((one) => one.analysis === 'primary' && one.role === 'primary'))
      expect(words).toContain(textOf(row.sentence ?? ''));
    expect(words).toContain('Does B stay within the margins from BL to M1?');
  });

  test('tubes and pairs that are lost stand in a line of alarm', () => {
    const [, lost = ''] = /<div class="lost"[^>]*>(.*?)<\/div>/s.exec(header()) ?? [];
    expect(textOf(lost)).toContain('1 tube failed: P05_M3.');
    expect(textOf(lost)).toContain('1 tube excluded: P06_M6.');
    expect(textOf(lost)).toContain('7 of 8 patients have a usable pair of BL and M1.');
    const whole = sampleInput();
    const message = '1 tube failed, so that 1 of 8 pairs of comparison "M1-BL" is lost: P05_M3 (fcs.data-truncated)';
    const problems = [{ code: 'study.lost-pairs', severity: 'warning', message, where: {}, hint: '' } as const];
    expect(header({ ...whole, problems })).toContain('so that 1 of 8 pairs');
  });

  test('both primary endpoints, each as the two visits beside the whole course', () => {
    expect(header().match(/<svg [^>]*class="fig pair"/g)).toHaveLength(2);
    expect(header().match(/<svg [^>]*class="fig course"/g)).toHaveLength(2);
  });

  test('what to look at first: staining that moved, batches, flags at the gates of the endpoints with a link to the plot', () => {
    const words = textOf(header());
    expect(words).toContain('The staining of b-core CD38 moved from BL to M1.');
    expect(words).toContain('Batch and visit cannot be told apart between BL and M1.');
    const input = sampleInput();
    const isOwn = (path: string): boolean => path.endsWith('/CD24hiCD38hi');
    const panels = input.panels.map((panel) => ({
      ...panel,
      book: {
        ...panel.book,
        gates: panel.book.gates.map((gate) => ({
          ...gate,
          tubes: gate.tubes.map((tube) =>
            isOwn(gate.population) && tube.sample_id === 'P02_M1' ? { ...tube, flags: ['cut_moved'] } : tube,
          ),
        })),
      },
    }));
    const flagged = header({ ...input, panels, problems: [] });
    expect(flagged).toContain(
      'CD24hiCD38hi in P02_M1: this tube’s own valley lies more than 0.6 u from the study’s: look at its stain.',
    );
    expect(flagged).toContain('href="#plot=4.P02_M1"');
  });

  test('nothing to look at is said too', () => {
    const { quality: _quality, ...rest } = gateInput();
    const input = { ...rest, quality: undefined, problems: [] };
    expect(textOf(header(input))).toContain('Nothing asks for a look');
  });
});

describe('words and numbers', () => {
  // "regulatory" is the id of a family of the sample, which is not a sentence.
  const never = [
    /regulatory B cells increased/i,
    /unchanged/i,
    /no difference/i,
    /unmodified/i,
    /trend towards/i,
    /\bcaused\b/i,
    /due to/i,
    /by MSC/i,
    /\bsignificant/i,
    /p = 0[^.]/,
  ];

  test.each(never)('no page says %s', (words) => {
    for (const one of everyPage) expect(textOf(one)).not.toMatch(words);
  });

  test('no page shows a value that is none: NaN, undefined, null, Infinity, [object', () => {
    for (const one of everyPage)
      expect(one.replace(/<script>[\s\S]*?<\/script>/g, '')).not.toMatch(
        /\bNaN\b|undefined|\bnull\b|Infinity|\[object/,
      );
  });

  test('percentages have 2 decimals, 3 below 0.1; p has 4, or is said to be below 0.0001', () => {
    const [row] = gateInput().frequencies.filter((one) => one.population === 'Singlets');
    const share = (percent: number) => ({ n: 1000, percent, low: percent / 2, high: 2 * percent });
    const of = (percent: number) =>
      renderReport({ ...gateInput(), frequencies: row ? [{ ...row, ofParent: share(percent) }] : [] });
    expect(of(4)).toContain('<td>4.00 [2.00, 8.00]</td>');
    expect(of(0.05)).toContain('<td>0.050 [0.025, 0.100]</td>');
    expect(textOf(page)).toContain('< 0.0001'.replace('<', '&lt;'));
  });
});

describe('foreign text', () => {
  const evil = '<script>alert("x")</script>&\'"';

  test('markup in a title, subject, visit label, marker, flag, message or path stays text', () => {
    const input = sampleInput({ subjects: 3, visits: 2 });
    const page = renderReport({
      ...input,
      study: { ...input.study, title: evil },
      visits: input.visits.map((visit) => ({ ...visit, label: evil })),
      tubes: input.tubes.map((tube) => ({ ...tube, subject: evil, reason: evil, flags: [evil] })),
      frequencies: input.frequencies.map((row) => ({ ...row, subject: evil, flags: [evil] })),
      pairs: input.pairs.map((pair) => ({ ...pair, subject: evil })),
      values: input.values.map((one) => ({ ...one, subject: evil })),
      problems: [{ code: 'fcs.data-truncated', severity: 'error', message: evil, where: { file: evil }, hint: evil }],
      methods: evil,
      files: [{ role: 'fcs', path: evil, sampleId: null, sizeBytes: 1, sha256: evil }],
    });
    const scripts = [...page.matchAll(/<script(?: type="([a-z/]+)")?/g)].map(([, type]) => type);
    expect(scripts.filter((type) => type === undefined)).toHaveLength(1);
    expect(page.includes('<script>alert')).toBe(false);
    expect(textOf(page)).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;&quot;');
  });

  test('a control character cannot break the page, and is seen', () => {
    const input = gateInput();
    expect(renderReport({ ...input, study: { ...input.study, title: 'a\u0000b\u001bc' } })).toContain(
      '<h1>a\\u0000b\\u001bc</h1>',
    );
  });
});

describe('the same page every time', () => {
  test('the same results give the same bytes', () => {
    expect(renderReport(sampleInput())).toBe(page);
  });

  test('the order of tubes, frequencies, files and problems does not show', () => {
    const input = sampleInput({ subjects: 3, visits: 2 });
    const turned = {
      ...input,
      tubes: input.tubes.toReversed(),
      files: input.files.toReversed(),
      problems: input.problems.toReversed(),
      pictures: new Map([...input.pictures].reverse()),
      frequencies: input.tubes
        .toReversed()
        .flatMap(({ sampleId }) => input.frequencies.filter((row) => row.sampleId === sampleId)),
    };
    expect(renderReport(turned)).toBe(renderReport(input));
  });

  test('a finding in the sheet is shown without its row, which moves when the sheet is sorted', () => {
    const input = gateInput();
    const at = (line: number) =>
      renderReport({
        ...input,
        files: [{ role: 'sheet', path: 'sheet.csv', sampleId: null, sizeBytes: 1, sha256: 'c'.repeat(64) }],
        problems: [
          {
            code: 'fcs.data-truncated',
            severity: 'warning',
            message: 'm',
            where: { file: 'sheet.csv', line },
            hint: '',
          },
        ],
      });
    expect(at(3)).toBe(at(8));
  });

  test('the page requests nothing: no address, every picture inside it', () => {
    for (const one of everyPage) {
      expect(one).not.toMatch(/(?:src|href)="(?!#|data:image\/png;base64,)/);
      expect(one.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    }
  });
});
