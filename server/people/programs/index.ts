export { createPrograms, type Programs } from './create-programs.ts';
export { createReferrerTestRouter, referrerTestDescriptions } from './direct-links/referrer-test.routes.ts';
export { buildLandingUrl } from './links/build-landing-url.ts';
export { readSubId } from './links/sub-id.ts';
export { referenceProgramme } from './reference-programme.ts';
