/** The person, or the system, asked the program to stop. */
export const interrupted = Symbol('interrupted');

/**
 * Does work that may be stopped by SIGINT or SIGTERM: its signal is then aborted with {@link interrupted}, so that it ends
 * in order and its folder can be resumed. A second signal ends the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(interrupted);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
