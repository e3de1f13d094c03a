import { z } from 'zod';
import { sheetColumnNames } from './sheetColumns.ts';
import { StudyFile } from './studySchema.ts';

/** JSON Schema of study.yaml, for editors. What needs the sheet or the template to be judged is said by reading. */
export function studyJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(StudyFile, { io: 'input', unrepresentable: 'any' }), title: 'cytopair study' };
}

/** JSON Schema of one row of a sample sheet, cells as text; aliases and covariates are not named in it. */
export function sheetJsonSchema(): Record<string, unknown> {
  const { all, required } = sheetColumnNames();
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'cytopair sample sheet, one row',
    type: 'object',
    properties: Object.fromEntries(all.map((name) => [name, { type: 'string' }])),
    required,
  };
}
