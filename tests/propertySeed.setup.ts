import fc from 'fast-check';

// The same cases on every machine, so that a red run can be repeated; CYTOPAIR_SEED draws others.
fc.configureGlobal({ seed: Number(process.env.CYTOPAIR_SEED ?? 20_260_101) });
