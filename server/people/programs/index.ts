export { createPrograms, type Programs } from './create-programs.ts';
export { referenceProgramme } from './reference-programme.ts';
