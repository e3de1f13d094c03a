import { MEAN } from './settings.ts';
import { likelihoodAt, type Study, type TubeGain, type TubeLight } from './tubeGain.ts';

/**
 * A tube's gain on the mean over all that its cells allow, in place of the single likeliest one: where they allow gains to one
 * side further than to the other, the likeliest errs to one side. Gauss–Hermite quadrature on the normal distribution around the
 * likeliest (Naylor & Smith 1982), three places along each axis.
 * @param likeliest where the search ended; its variance sets the places
 */
export function meanGain(light: TubeLight, study: Study, likeliest: TubeGain): TubeGain {
  const {
    gain: [x, y],
    variance: [xx, xy, yy],
    shares,
  } = likeliest;
  // Cells that tell nothing of a gain have no width in which to look.
  if (!(xx > 0 && yy > 0)) return likeliest;
  const [freeX, freeY] = study.free;
  const sdX = Math.sqrt(xx);
  // The second axis stands free of the first: y goes along with x by xy / xx, and by its own rest beside it.
  const rest = Math.sqrt(Math.max(0, yy - (xy * xy) / xx));
  const steps = (isFree: boolean) => (isFree ? MEAN.places : [CENTRE]);
  const places = steps(freeX).flatMap((a) =>
    steps(freeY).map((b) => {
      const [alongX, alongY] = [MEAN.wide * a.at, MEAN.wide * b.at];
      const gain = [x + sdX * alongX, y + (freeX ? (xy / sdX) * alongX : 0) + rest * alongY] as const;
      const { logLikelihood } = likelihoodAt(light, study, { gain, shares });
      return { gain, log: logLikelihood + Math.log(a.weight * b.weight) + (a.at ** 2 + b.at ** 2) / 2 };
    }),
  );
  const highest = Math.max(...places.map(({ log }) => log));
  const weights = places.map(({ log }) => Math.exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (d: 0 | 1) => places.reduce((sum, place, i) => sum + weights[i]! * place.gain[d], 0) / total;
  return { ...likeliest, gain: [mean(0), mean(1)] };
}

const CENTRE = { at: 0, weight: 1 } as const;
