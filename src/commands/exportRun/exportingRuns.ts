/** What exports of a run need, loaded with the first of them: no other command waits for eight forms. */
export const exportingRuns = () => import('./tools.ts');
