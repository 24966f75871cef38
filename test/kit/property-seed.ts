import fc from 'fast-check';

// The same cases on every run, so that a failure is of a change and not of chance; others with PROPERTY_SEED.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20250101) });
