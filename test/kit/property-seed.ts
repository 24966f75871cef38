import fc from 'fast-check';

// The same cases on every run, so that failures are reproducible; PROPERTY_SEED selects others.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20250101) });
