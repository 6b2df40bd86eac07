import { randomUUID } from 'node:crypto';

/** Makes a new id. Passed into use cases so that tests and replays can choose their own. */
export type NewId = () => string;

/** A random UUID. */
export const newId: NewId = () => randomUUID();
