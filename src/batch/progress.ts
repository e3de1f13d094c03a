import type { WriteStream } from 'node:tty';

/** Says how far the work is, on stderr. */
export interface Progress {
  /** Begins a step of so many tubes; 0: a step over all tubes at once, of which only the name can be told. */
  start(step: string, total: number): void;
  /** One more tube of the step. */
  tick(sampleId: string, status: 'ok' | 'failed'): void;
  stop(): void;
}

export interface ProgressOptions {
  readonly quiet: boolean;
  readonly stream: NodeJS.WriteStream | WriteStream;
}

/** A bar on a terminal, one plain line a tube elsewhere, nothing where quiet is asked for. */
export async function openProgress({ quiet, stream }: ProgressOptions): Promise<Progress> {
  if (quiet) return { start: () => {}, tick: () => {}, stop: () => {} };
  return stream.isTTY ? await barProgress(stream) : lineProgress(stream);
}

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let step = '';
  let total = 0;
  let done = 0;
  return {
    start(name, count) {
      step = name;
      total = count;
      done = 0;
      if (count === 0) stream.write(`${name}\n`);
    },
    tick(sampleId, status) {
      done += 1;
      stream.write(`${step} ${done} of ${total}: ${sampleId}${status === 'failed' ? ' failed' : ''}\n`);
    },
    stop() {},
  };
}

async function barProgress(stream: NodeJS.WriteStream): Promise<Progress> {
  const { default: cliProgress } = await import('cli-progress');
  let bar: InstanceType<typeof cliProgress.SingleBar> | undefined;
  return {
    start(step, total) {
      bar?.stop();
      bar = undefined;
      if (total === 0) {
        stream.write(`${step}\n`);
        return;
      }
      const format = `${step.padEnd(6)} {bar} {value} of {total} tubes, {eta_formatted} left  {tube}`;
      bar = new cliProgress.SingleBar(
        { format, stream, clearOnComplete: true, hideCursor: false },
        cliProgress.Presets.rect,
      );
      bar.start(total, 0, { tube: '' });
    },
    tick(sampleId) {
      bar?.increment(1, { tube: sampleId });
    },
    stop() {
      bar?.stop();
    },
  };
}
