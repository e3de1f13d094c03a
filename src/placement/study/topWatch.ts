/** The quantile of a marker's values that tells its range: single values above it tell of nothing. */
const TOP_QUANTILE = 0.9999;
/** The two values beside the quantile, and what rounding of its rank may add. */
const SPARE = 3;

/** Finds a high quantile of values that go by: only the highest are kept in order. */
export interface TopWatch {
  /** What changes nothing: a finite value that is not above it. */
  least(): number;
  /** @param values the first `count` are looked at @param passedBy finite ones beside them that are not above `least` */
  add(values: Float64Array, count: number, passedBy: number): void;
  /** 0 where no value was finite. */
  top(): number;
}

/** @param eventCount of the whole tube */
export function topWatch(eventCount: number): TopWatch {
  const highest = new Float64Array(Math.floor(eventCount * (1 - TOP_QUANTILE)) + SPARE).fill(Number.NEGATIVE_INFINITY);
  let finiteCount = 0;
  return {
    least: () => highest[0]!,
    add(values, count, passedBy) {
      finiteCount += passedBy;
      let least = highest[0]!;
      for (let i = 0; i < count; i++) {
        const value = values[i]!;
        if (!(value < Number.POSITIVE_INFINITY && value > Number.NEGATIVE_INFINITY)) continue;
        finiteCount++;
        if (value <= least) continue;
        let place = 0;
        while (place + 1 < highest.length && highest[place + 1]! < value) highest[place] = highest[++place]!;
        highest[place] = value;
        least = highest[0]!;
      }
    },
    top() {
      if (finiteCount === 0) return 0;
      const position = TOP_QUANTILE * (finiteCount - 1);
      const below = Math.floor(position);
      const at = (rank: number): number => highest[highest.length - finiteCount + rank]!;
      const [low, high] = [at(below), at(Math.min(below + 1, finiteCount - 1))];
      return low + (position - below) * (high - low);
    },
  };
}
