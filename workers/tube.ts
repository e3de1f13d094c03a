// The pool's entry: hands a task to the tube room, in whose code everything happens.
export { runTubeTask as default } from '../src/tube/index.ts';
