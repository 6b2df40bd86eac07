import { z } from 'zod';

export type Role = 'owner' | 'staff';

/** A person who works for a merchant. The password exists as an argon2id hash only. */
export interface StaffMember {
  id: string;
  email: string;
  role: Role;
  passwordHash: string;
}

/** A tenant: nothing of one merchant is ever seen by another. */
export interface Merchant {
  id: string;
  name: string;
  /** IANA name; months of statements begin in it (S14). */
  timeZone: string;
  staff: StaffMember[];
  createdAt: Date;
}

const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;
const timeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

/** An e-mail address with which somebody signs in, in lower case. */
export const signInEmail = z.string().trim().toLowerCase().max(254).pipe(z.email('Enter an e-mail address.'));

/** What it takes to create a merchant with its first owner. */
export const newMerchant = z.strictObject({
  name: z.string().trim().min(1, 'Enter the name of your shop or company.').max(120),
  timeZone: z.string().refine((name) => timeZones.has(name), 'Choose a time zone from the list.'),
  email: signInEmail,
  password: z
    .string()
    .min(SHORTEST_PASSWORD, `Choose at least ${SHORTEST_PASSWORD} characters.`)
    .max(LONGEST_PASSWORD, `Choose at most ${LONGEST_PASSWORD} characters.`),
});

export type NewMerchant = z.output<typeof newMerchant>;
