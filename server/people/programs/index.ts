export { createPrograms, type Programs, type ProgramsDeps } from './create-programs.ts';
export { findOwnerOfReferrer } from './direct-links/find-owner-of-referrer.ts';
export { createReferrerTestRouter, referrerTestDescriptions } from './direct-links/referrer-test.routes.ts';
export { buildLandingUrl } from './links/build-landing-url.ts';
export { referenceProgramme } from './reference-programme.ts';
