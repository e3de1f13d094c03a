import type { kmeans as Kmeans } from 'ml-kmeans';

let library: typeof Kmeans | undefined;

/**
 * Loads the library: 250 modules, a fifth of a second, which every worker thread and most commands do without. Whoever
 * places waits for it once, so that placing itself need not wait.
 */
export async function loadKmeans(): Promise<void> {
  library ??= (await import('ml-kmeans')).kmeans;
}

/** k-means of `ml-kmeans`. @throws where {@link loadKmeans} has not ended: a fault of ours */
export const kmeans: typeof Kmeans = (data, clusterCount, options) => {
  if (library === undefined) throw new Error('k-means is not loaded');
  return library(data, clusterCount, options);
};
