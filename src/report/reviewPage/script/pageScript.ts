import { dataPart } from './dataPart.ts';
import { decidePart } from './decidePart.ts';
import { plotPart } from './plotPart.ts';
import { sheetPart } from './sheetPart.ts';
import { statePart } from './statePart.ts';
import { tubePart } from './tubePart.ts';

/** All that the review page does; what comes from the data goes in as text only. */
export const pageScript = [
  "(function () {\n  'use strict';",
  dataPart,
  statePart,
  plotPart,
  sheetPart,
  tubePart,
  decidePart,
  '})();',
].join('\n');
