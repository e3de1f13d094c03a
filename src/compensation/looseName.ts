import { bareName } from './bareName.ts';

/**
 * A channel's name as far as every program leaves it: lower case, whatever is no letter or digit as one point. R's
 * read.csv writes "FITC.A" for "FITC-A" and "X7.AAD.A" for "7-AAD-A"; others change case and blanks.
 */
export function looseName(name: string): string {
  return bareName(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '.')
    .replace(/^\.|\.$/g, '')
    .replace(/^x(?=\d)/, '');
}
