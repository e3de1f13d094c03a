/** Tells the exit code of a command that came to its end. */
export type SetExit = (code: number) => void;
