/** One thing that the check found out, in words for the owner of the shop. */
export interface Finding {
  /** A problem keeps touches from arriving; a note is worth knowing. */
  level: 'ok' | 'note' | 'problem';
  says: string;
  /** What to do about it. */
  help?: string;
}

export const ok = (says: string): Finding => ({ level: 'ok', says });
export const note = (says: string, help: string): Finding => ({ level: 'note', says, help });
export const problem = (says: string, help: string): Finding => ({ level: 'problem', says, help });
