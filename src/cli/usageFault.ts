import type { Command } from 'commander';

/** The words are no command of ours. */
export class UsageFault extends Error {
  /** As far as the words named one. */
  readonly command: Command;

  /** @param text as commander says it */
  constructor(text: string, command: Command) {
    super(text);
    this.command = command;
  }
}
