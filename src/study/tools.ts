// For tests and benchmarks: what of this room no other room asks for.
export * from './index.ts';
export { sheetJsonSchema, studyJsonSchema } from './jsonSchemas.ts';
export { StudyFile } from './studySchema.ts';
export { shippedTemplate, shippedTemplates } from './templateFiles.ts';
