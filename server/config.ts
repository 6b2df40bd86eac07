import { resolve } from 'node:path';
import { z } from 'zod';

/** A whole number up to `most`, as environments write it. */
const whole = (most: number) => {
  const message = `a whole number from 0 to ${most}`;
  return z.coerce.number({ error: message }).int(message).min(0, message).max(most, message);
};

/** The environment of the server, whole: nothing else reads process.env. Empty values count as not set. */
const environment = z.object({
  /** Where the server listens. */
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(65_535).default(4747),
  /** What the outside world calls this server; the one-time link begins with it. */
  PUBLIC_URL: z.url().optional(),
  /** A MongoDB, 4.4 or newer. Not set: the embedded store, in DATA_DIR. */
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'begins with mongodb:// or mongodb+srv://')
    .optional(),
  /** Holds the embedded store, the generated master secret, and mails while no SMTP server is set. */
  DATA_DIR: z.string().default('.data'),
  /** Encrypts stored secrets and signs sign-ins. Not set: made once and kept in DATA_DIR. */
  REFLEDGER_SECRET: z.string().min(32, 'at least 32 characters').optional(),
  /** smtp:// or smtps:// with user and password where needed. Not set: mails are written to DATA_DIR/mail. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'begins with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().default('refledger@localhost'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Express's "trust proxy": how many proxies stand in front. */
  TRUST_PROXY: whole(10).default(0),
  /** For shops on one's own machine or network: they are asked over http and at private addresses too. */
  ALLOW_PRIVATE_STORES: z.enum(['yes', 'no']).default('no'),
  /** Seconds between two readings of a shop that gave its keys. */
  PULL_SECONDS: whole(86_400).default(3_600),
  /** Days back that the first reading of a shop goes, and orders in their hold that each reading looks at again. */
  PULL_FIRST_DAYS: whole(3_650).default(60),
  PULL_AGAIN: whole(10_000).default(200),
  /** Days whose orders are compared with each shop's every night. */
  RECONCILE_DAYS: whole(365).default(30),
});

export interface Config {
  host: string;
  port: number;
  publicUrl: string | undefined;
  mongodbUri: string | undefined;
  dataDir: string;
  masterSecret: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string;
  logLevel: string;
  trustProxy: number;
  allowPrivateStores: boolean;
  pullSeconds: number;
  pullFirstDays: number;
  pullAgain: number;
  reconcileDays: number;
}

/**
 * Reads the configuration from an environment.
 * @throws Error that names every variable that is wrong, never its value.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(
      `The environment cannot be used:\n  ${problems.join('\n  ')}\nSee docs/operations/configuration.md.`,
    );
  }
  const { data } = parsed;
  return {
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL?.replace(/\/$/, ''),
    mongodbUri: data.MONGODB_URI,
    dataDir: resolve(data.DATA_DIR),
    masterSecret: data.REFLEDGER_SECRET,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    logLevel: data.LOG_LEVEL,
    trustProxy: data.TRUST_PROXY,
    allowPrivateStores: data.ALLOW_PRIVATE_STORES === 'yes',
    pullSeconds: data.PULL_SECONDS,
    pullFirstDays: data.PULL_FIRST_DAYS,
    pullAgain: data.PULL_AGAIN,
    reconcileDays: data.RECONCILE_DAYS,
  };
}
