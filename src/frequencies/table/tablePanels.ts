import type { PanelFacts } from '../../analysis/index.ts';
import type { FrequencyTable } from './frequencyTable.ts';

/**
 * What each panel of a table can answer; none where the table names no panel. A panel has a denominator where any of its
 * rows has a share of it; it lacks one where rows have numbers, and never that.
 */
export function tablePanels({ rows, denominators }: FrequencyTable): readonly PanelFacts[] {
  const names = [...new Set(rows.map((row) => row.panel))].filter((name) => name !== '');
  return names.map((name) => {
    const own = rows.filter((row) => row.panel === name);
    const populations = [...new Set(own.map((row) => row.population))].filter((path) => path !== 'root');
    const has = (denominator: string) => {
      const measure = `pct_of_${denominator}`;
      const isThere = own.some((row) => (row.values[measure] ?? row.denominatorCounts[measure] ?? null) !== null);
      // Tubes that all failed have no number at all: that says nothing of their template.
      return isThere || own.every((row) => row.count === null && row.status !== 'ok');
    };
    return { name, populations, denominators: denominators.filter(has) };
  });
}
