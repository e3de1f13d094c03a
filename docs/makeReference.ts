import { join } from 'node:path';
import { writeReference } from './reference.ts';

// Run as built code, from dist/docs: the repository is two folders up.
writeReference(join(import.meta.dirname, '..', '..'));
