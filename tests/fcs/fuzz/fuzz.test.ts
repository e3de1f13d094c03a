import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { judge, type Verdict } from './judge.ts';
import { type Mutant, mutants } from './mutate.ts';
import { originals } from './originals.ts';

// 5 000 on every run; `npm run fuzz` asks for 200 000.
const isLong = process.env.npm_lifecycle_event === 'fuzz';
const wanted = Number(process.env.FUZZ_MUTANTS ?? (isLong ? 200_000 : 5_000));
const seed = Number(process.env.FUZZ_SEED ?? 20_260_101);
// TEXT is looked through in several ways, and DATA for several orders and places: so many times a file is read at most.
const mostPasses = 12;
const mostReads = 100;
const mebibyte = 2 ** 20;

test(
  `${wanted} damaged files: none throws or makes more work than its size, and no wrong count or offset is read in silence`,
  () => {
    const pool = originals();
    const verdictOf = judge(pool);
    const largest = Math.max(...pool.map((original) => original.bytes.length));
    const tally: Record<Mutant['kind'], Record<Verdict, number>> = {
      evident: { same: 0, said: 0, refused: 0, silent: 0 },
      joint: { same: 0, said: 0, refused: 0, silent: 0 },
      undecidable: { same: 0, said: 0, refused: 0, silent: 0 },
      free: { same: 0, said: 0, refused: 0, silent: 0 },
    };
    const silent: string[] = [];
    const jointlySilent: string[] = [];
    const thrown: string[] = [];
    const laborious: string[] = [];
    let mostWork = 0;
    let mostCount = 0;
    let done = 0;
    let mostGrownBytes = 0;
    for (const mutant of mutants(pool, xoroshiro128plus(seed))) {
      if (done++ === wanted) break;
      const peakBefore = process.resourceUsage().maxRSS;
      try {
        const { verdict, work } = verdictOf(mutant);
        const passes = work.readBytes / Math.max(1_000, mutant.bytes.length);
        mostWork = Math.max(mostWork, passes);
        mostCount = Math.max(mostCount, work.readCount);
        if (passes > mostPasses || work.readCount > mostReads) laborious.push(mutant.what);
        tally[mutant.kind][verdict]++;
        if (verdict === 'silent' && mutant.kind === 'evident') silent.push(mutant.what);
        if (verdict === 'silent' && mutant.kind === 'joint') jointlySilent.push(mutant.what);
      } catch (fault) {
        thrown.push(`${mutant.what}: ${String(fault)}`);
        continue;
      }
      mostGrownBytes = Math.max(mostGrownBytes, (process.resourceUsage().maxRSS - peakBefore) * 1024);
    }
    console.log(
      `${wanted} mutants of ${pool.length} files, seed ${seed}: ${JSON.stringify(tally)}; a file was read at most ` +
        `${mostWork.toFixed(1)} times over in ${mostCount} reads, peak memory grew by at most ${(mostGrownBytes / mebibyte).toFixed(1)} MiB for one`,
    );
    if (jointlySilent.length > 0) console.log(`values changed so that they agree:\n${jointlySilent.join('\n')}`);
    expect(thrown).toEqual([]);
    expect(laborious).toEqual([]);
    expect(silent).toEqual([]);
    // Two or three counts changed at once can, rarely, agree with each other: then the file holds no trace of it.
    expect(jointlySilent.length).toBeLessThanOrEqual(wanted / 20_000);
    expect(mostGrownBytes).toBeLessThan(4 * largest + 64 * mebibyte);
    expect(tally.evident.said + tally.evident.refused).toBeGreaterThan(wanted / 10);
  },
  30 * 60_000,
);
