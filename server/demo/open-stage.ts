import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServer, type RunningServer } from '../compose.ts';
import { readConfig, type Config } from '../config.ts';
import { claimMailFolder } from './claim-mail-folder.ts';
import { createDemoClock, type DemoClock } from './demo-clock.ts';
import { startMailSink, type MailSink } from './mail-sink.ts';

/** A server with an empty store and a mail server, all on loopback and in temporary folders. */
export interface OpenStage {
  server: RunningServer;
  sink: MailSink;
  clock: DemoClock;
  mailFolder: string;
  /** Stops everything. The mails stay; the data goes unless it is to be kept. */
  close(options: { keepData: boolean }): Promise<void>;
}

/** Opens the stage of a run, with its clock at the start of the plan. */
export async function openStage({ seed, startsAt }: { seed: number; startsAt: Date }): Promise<OpenStage> {
  const folder = await claimMailFolder(seed);
  const sink = await startMailSink(folder.path);
  const dataDir = await mkdtemp(join(tmpdir(), 'refledger-demo-data-'));
  const clock = createDemoClock(startsAt);
  let server: RunningServer | undefined;
  const close: OpenStage['close'] = async ({ keepData }) => {
    await server?.stop();
    await sink.stop();
    if (!keepData) await rm(dataDir, { recursive: true, force: true });
    await folder.release();
  };
  try {
    server = await composeServer({ config: configOf(dataDir, sink), clock: clock.now });
    return { server, sink, clock, mailFolder: folder.path, close };
  } catch (error) {
    await close({ keepData: false });
    throw error;
  }
}

const configOf = (dataDir: string, sink: MailSink): Config =>
  readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    SMTP_URL: sink.url,
    MAIL_FROM: 'partners@demo.example',
    LOG_LEVEL: 'error',
  });
