export type { AgreeOptions } from './agree/agree.ts';
export type { DeidentifyOptions } from './deidentify/deidentify.ts';
export * from './index.ts';
export { guessNames } from './init/guessNames.ts';
export type { OverridesOptions } from './overrides/overridesFromWorkspace.ts';
