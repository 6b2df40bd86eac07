#!/usr/bin/env node
// Runs the TypeScript sources as they are, so that nothing needs to be built after `npm install`.
import 'tsx';

await import('./cli.ts');
