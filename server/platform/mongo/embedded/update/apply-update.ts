import type { UpdateTarget } from './update-target.ts';

/** What the moment of an update adds to its operators. */
export interface UpdateCircumstances {
  isInsert: boolean;
  now: Date;
}

/** Does one operator's work at one place. */
export type ApplyUpdate = (target: UpdateTarget, circumstances: UpdateCircumstances) => void;
