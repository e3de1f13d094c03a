import { adjustments } from '../../statistics/index.ts';
import type { AnalysisInput, Association, Endpoint } from '../analysisInput.ts';
import type { EndpointTubes } from '../comparison/tubes.ts';
import type { AssociationRow } from './associationRows.ts';
import { composition } from './composition.ts';
import { type AssociationCells, type AssociationContext, rowOf } from './context.ts';
import { correlation } from './correlation.ts';
import { groups } from './groups.ts';
import { negativeControl } from './negativeControl.ts';
import { responders } from './responders.ts';
import { describeAssociation } from './sentences.ts';
import { trend } from './trend.ts';
import { visitTests } from './visitTests.ts';

/**
 * Rows of associations.csv: entries in the order of the plan, their endpoints in order, the planned analysis first.
 * Primary p-values are adjusted over the endpoints of their entry where the plan says how.
 */
export function associationRows(
  input: AnalysisInput,
  tubesOf: (endpoint: Endpoint) => EndpointTubes,
): AssociationRow[] {
  return input.plan.associations.flatMap((association) => {
    const { settings } = association;
    const context = { input, association, settings, tubesOf };
    const rows = cellsOf(association, context).map((cells) => rowOf(context, cells));
    const primaries = rows.filter((row) => row.analysis === 'primary');
    const p = primaries.map((row) => row.p);
    const adjusted = settings.adjust === 'none' ? undefined : adjustments[settings.adjust].adjust(p);
    return rows.map((row): AssociationRow => {
      const pAdj = adjusted?.[primaries.indexOf(row)] ?? null;
      const whole = {
        ...row,
        adjust: settings.adjust,
        family_size: primaries.length,
        p_adj: pAdj,
        alpha: input.plan.alpha,
        reject: pAdj === null ? null : pAdj <= input.plan.alpha,
      };
      return { ...whole, sentence: describeAssociation(whole, association) };
    });
  });
}

function cellsOf(association: Association, context: Omit<AssociationContext, 'settings'>): AssociationCells[] {
  const { settings, endpoints } = association;
  switch (settings.question) {
    case 'correlation':
      return endpoints.flatMap((endpoint) => correlation({ ...context, settings }, endpoint));
    case 'groups':
      return endpoints.flatMap((endpoint) => groups({ ...context, settings }, endpoint));
    case 'responders':
      return endpoints.flatMap((endpoint) => responders({ ...context, settings }, endpoint));
    case 'trend':
      return endpoints.flatMap((endpoint) => trend({ ...context, settings }, endpoint));
    case 'composition':
      return composition({ ...context, settings });
    case 'negative_control':
      return endpoints.flatMap((endpoint) => negativeControl({ ...context, settings }, endpoint));
    case 'visits':
      return endpoints.flatMap((endpoint) => visitTests({ ...context, settings }, endpoint));
    default:
      return settings satisfies never;
  }
}
