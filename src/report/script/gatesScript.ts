import { choicesPart } from './choicesPart.ts';
import { linksPart } from './linksPart.ts';
import { plotsPart } from './plotsPart.ts';
import { sheetsPart } from './sheetsPart.ts';
import { tubePart } from './tubePart.ts';
import { viewPart } from './viewPart.ts';

/**
 * Draws the gates from the data of the page: sheets of thumbnails, a large view of one tube, choices that stand in the
 * address. Foreign text comes in as text only.
 */
export const gatesScript = [
  '(function () {',
  plotsPart,
  sheetsPart,
  choicesPart,
  viewPart,
  tubePart,
  linksPart,
  '})();',
].join('\n');
