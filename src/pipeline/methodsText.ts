import { version } from '../batch/index.ts';
import { byText, counted } from '../problems/index.ts';
import type { Quality } from '../quality/index.ts';
import type { Results } from './results.ts';
import type { Walked } from './walked.ts';

/** The text of methods.txt: how the events were gated, then how the shares were compared. A function of what ran. */
export function methodsText(results: Results): string {
  const gating = results.gated === undefined ? '' : gatingText(results.gated.walked, results.quality);
  const statistics = [results.compared?.analysis.methods.trim() ?? '', planText(results)]
    .filter((part) => part !== '')
    .join(' ');
  return `${[gating, statistics].filter((part) => part !== '').join('\n\n')}\n`;
}

/** Which plan it was, and what stands beside it: a reader can compare the hash with one written down before. */
function planText({ compared }: Results): string {
  if (compared === undefined) return '';
  const { plan } = compared;
  const planned = plan.sha256 === null ? '' : `The plan has the SHA-256 ${plan.sha256}.`;
  const beside = plan.notPlanned.length === 0 ? '' : `Not planned: ${plan.notPlanned.join('; ')}.`;
  return [planned, beside].filter((part) => part !== '').join(' ');
}

function gatingText({ panels, tubes }: Walked, quality: Quality | undefined): string {
  const sentences = panels.map(({ panel, template, templateSha256 }) => {
    const own = tubes.filter(({ tube }) => tube.panel === panel);
    const used = own.filter(({ counts }) => counts !== undefined);
    const name = `${template.name}${template.version === '' ? '' : ` ${template.version}`}`;
    const gates = [...new Set(template.populations.map((one) => one.gate.method))].sort().join(', ');
    return (
      `Events of ${used.length} of ${own.length} tubes were gated with cytopair ${version} by the template "${name}" ` +
      `(SHA-256 ${templateSha256}; ${counted(template.populations.length, 'population')}; methods: ${gates}).`
    );
  });
  const matrices = new Map<string, number>();
  for (const { decision } of tubes) {
    const words = decision?.compensation.says;
    if (words) matrices.set(words, (matrices.get(words) ?? 0) + 1);
  }
  const compensation = [...matrices]
    .sort(([a], [b]) => byText(a, b))
    .map(([words, count]) => `${words} (${counted(count, 'tube')})`)
    .join('; ');
  return [
    ...sentences,
    ...(compensation === '' ? [] : [`Compensation: ${compensation}.`]),
    'Every gate was placed by one rule over all tubes, by a step that knows neither visit, arm nor date; ' +
      'positions, shifts and fallbacks of every tube are kept in the placement book.',
    ...(quality?.isAligned ? bridgeText(quality.bridgeStains) : []),
    'Shares carry exact binomial intervals (Clopper & Pearson 1934), which hold counting error only.',
  ].join(' ');
}

/** Nothing where no batch was moved: then nothing was done. */
function bridgeText(stains: Quality['bridgeStains']): string[] {
  const moved = stains.filter((stain) => stain.status === 'measured' && stain.carried !== 0);
  if (moved.length === 0) return [];
  const named = (names: readonly string[]) => [...new Set(names)].join(', ');
  return [
    `Where a pool of several batches decides a cut (${named(moved.map(({ marker }) => marker))}), batches ` +
      `${named(moved.map(({ batch }) => batch).sort())} were aligned by the gain of their bridging controls, ` +
      'as far as it exceeds its error (non-negative garrote, Breiman 1995).',
  ];
}
