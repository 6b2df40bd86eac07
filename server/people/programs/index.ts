export { createPrograms, type Programs, type ProgramsDeps } from './create-programs.ts';
export { ownerOfReferrer } from './direct-links/owner-of-referrer.ts';
export { createReferrerTestRouter, referrerTestDescriptions } from './direct-links/referrer-test.routes.ts';
export { buildLandingUrl } from './links/build-landing-url.ts';
export { referenceProgramme } from './reference-programme.ts';
