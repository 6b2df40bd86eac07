import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildZip } from '../../../plugins/woocommerce/bin/build.ts';

const PHP = join(import.meta.dirname, 'php');
const LARGEST_OUTPUT = 16_777_216;

/** What a request cost the shop, and whom it asked. */
export interface RequestCost {
  uri: string;
  method: string;
  queries: number;
  remote: string[];
  ms: number;
}

/** A real shop: MariaDB, PHP's built-in server, WordPress, WooCommerce, and the zip of our plugin. */
export interface WordPress {
  url: string;
  host: string;
  versions: Record<string, string>;
  product: number;
  pages: { classic: number; blocks: number };
  /** The folder of WordPress. */
  root: string;
  /** The zip of our plugin, as a store owner has it. */
  zip: string;
  /** Does one thing in the shop, see php/control.php. */
  control(command: string, given?: Record<string, unknown>): Promise<any>;
  /** What the requests since the last call cost. */
  costs(): Promise<RequestCost[]>;
  /** WordPress's debug log and WooCommerce's fatal errors. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface ShopOptions {
  /** Further plugins, activated before ours: their folders by the names under which they are installed. */
  plugins?: Record<string, string>;
  /** False: the zip only lies beside, for somebody to upload it. */
  installed?: boolean;
}

/** The folder that an environment variable names, for describeOn: true when it is there, or why it is not. */
export function folderNamed(variable: string, what: string): true | string {
  const folder = process.env[variable];
  return Boolean(folder && existsSync(folder)) || `${variable} does not name the folder of ${what}`;
}

/** For describeWhen: true, or why no shop can be started. */
export function foldersAvailable(): true | string {
  const { WORDPRESS_DIR, WOOCOMMERCE_DIR } = process.env;
  if (!WORDPRESS_DIR || !WOOCOMMERCE_DIR) {
    return 'WORDPRESS_DIR and WOOCOMMERCE_DIR do not name the folders of WordPress and of the built WooCommerce plugin';
  }
  const { status } = spawnSync('mariadbd', ['--version'], { stdio: 'ignore' });
  return status === 0 || 'mariadbd was not found (install mariadb-server)';
}

export async function startWordPress({
  plugins = {},
  installed = true,
}: ShopOptions = {}): Promise<WordPress> {
  const folder = await mkdtemp(join(tmpdir(), 'refledger-shop-'));
  await chmod(folder, 0o755);
  const root = join(folder, 'wp');
  const started: ChildProcess[] = [];
  const socket = await startMariaDb(folder, started);
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const zip = join(folder, 'refledger-woocommerce.zip');
  await writeFile(zip, await buildZip());
  await layOutFiles(root, socket, plugins);
  await php([join(PHP, 'install.php'), root, host]);
  started.push(await startPhp(root, port));
  const control: WordPress['control'] = (command, given = {}) => run(root, host, command, given);
  await control('activate', { plugin: 'woocommerce/woocommerce.php' });
  await control('hpos', { on: true });
  const opened = await control('open');
  for (const name of Object.keys(plugins)) await control('activate', { plugin: `${name}/${name}.php` });
  if (installed) {
    await control('unpack', { zip });
    await control('activate', { plugin: 'refledger/refledger.php' });
  }
  let read = 0;
  return {
    url: `http://${host}`,
    host,
    versions: opened.versions,
    product: opened.product,
    pages: { classic: opened.classic, blocks: opened.checkout },
    root,
    zip,
    control,
    async costs() {
      const text = await readFile(join(root, 'wp-content/requests.log'), 'utf8').catch(() => '');
      const lines = text.split('\n').filter(Boolean).slice(read);
      read += lines.length;
      return lines.map((line) => JSON.parse(line) as RequestCost);
    },
    log: () => readFile(join(root, 'wp-content/debug.log'), 'utf8').catch(() => ''),
    async stop() {
      for (const child of started.reverse()) await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startMariaDb(folder: string, started: ChildProcess[]): Promise<string> {
  const data = join(folder, 'data');
  const socket = join(folder, 'mariadb.sock');
  const user = userInfo().username === 'root' ? ['--user=mysql'] : [];
  // Of its own: MariaDB deletes what it finds of others' in the temporary folder.
  const temporary = `--tmpdir=${join(folder, 'tmp')}`;
  await mkdir(data);
  await mkdir(join(folder, 'tmp'));
  await chmod(join(folder, 'tmp'), 0o777);
  await chmod(folder, 0o777);
  const installed = spawnSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, temporary, '--auth-root-authentication-method=normal', ...user],
    { encoding: 'utf8' },
  );
  if (installed.status !== 0) throw new Error(`mariadb-install-db: ${installed.stdout}${installed.stderr}`);
  const options = [
    `--datadir=${data}`,
    temporary,
    `--socket=${socket}`,
    '--skip-networking',
    `--pid-file=${data}/pid`,
  ];
  started.push(spawn('mariadbd', ['--no-defaults', ...options, ...user], { stdio: 'ignore' }));
  await until(() => spawnSync('mariadb-admin', [`--socket=${socket}`, '-uroot', 'ping']).status === 0);
  spawnSync('mariadb', [`--socket=${socket}`, '-uroot', '-e', 'CREATE DATABASE shop'], { stdio: 'ignore' });
  return socket;
}

async function layOutFiles(root: string, socket: string, further: Record<string, string>): Promise<void> {
  await cp(process.env['WORDPRESS_DIR'] ?? '', root, { recursive: true });
  const plugins = join(root, 'wp-content/plugins');
  await mkdir(plugins, { recursive: true });
  for (const [name, source] of Object.entries({
    woocommerce: process.env['WOOCOMMERCE_DIR'] ?? '',
    ...further,
  })) {
    await cp(source, join(plugins, name), { recursive: true });
  }
  await symlink(join(PHP, 'must-use'), join(root, 'wp-content/mu-plugins'));
  const defines = {
    DB_NAME: 'shop',
    DB_USER: 'root',
    DB_PASSWORD: '',
    DB_HOST: `localhost:${socket}`,
    DB_CHARSET: 'utf8mb4',
    WP_ENVIRONMENT_TYPE: 'local',
    WP_HTTP_BLOCK_EXTERNAL: true,
    WP_ACCESSIBLE_HOSTS: '127.0.0.1,localhost',
    AUTOMATIC_UPDATER_DISABLED: true,
    FS_METHOD: 'direct',
    WP_DEBUG: true,
    WP_DEBUG_LOG: true,
    WP_DEBUG_DISPLAY: false,
  };
  const lines = Object.entries(defines).map(([name, value]) => `define('${name}', ${phpLiteral(value)});`);
  const disableCron = "defined('DISABLE_WP_CRON') || define('DISABLE_WP_CRON', true);";
  const behindProxy =
    "if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') { $_SERVER['HTTPS'] = 'on'; }";
  const config = [
    '<?php',
    behindProxy,
    ...lines,
    disableCron,
    "$table_prefix = 'wp_';",
    "defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');",
    "require_once ABSPATH . 'wp-settings.php';",
  ];
  await writeFile(join(root, 'wp-config.php'), config.join('\n'));
}

function phpLiteral(value: string | boolean): string {
  return typeof value === 'boolean' ? String(value) : `'${value.replaceAll("'", "\\'")}'`;
}

async function startPhp(root: string, port: number): Promise<ChildProcess> {
  // One worker is not enough, because WordPress calls itself; they outlive a killed parent, hence the group.
  const child = spawn(
    'php',
    ['-d', 'memory_limit=512M', '-S', `127.0.0.1:${port}`, '-t', root, join(PHP, 'router.php')],
    { stdio: 'ignore', detached: true, env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' } },
  );
  await until(
    async () => (await fetch(`http://127.0.0.1:${port}/readme.html`).catch(() => null))?.ok === true,
  );
  return child;
}

async function run(root: string, host: string, command: string, given: object): Promise<any> {
  const script = join(PHP, 'control.php');
  const output = await php(['-d', 'memory_limit=512M', script, root, host, command, JSON.stringify(given)]);
  const found = /\n@@(.*)\n$/.exec(output);
  if (!found?.[1]) throw new Error(`${command} said: ${output.slice(-2000)}`);
  return JSON.parse(found[1]);
}

/** Never waits in a way that stops this process: the server that the shop speaks to runs in it. */
async function php(args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)('php', args, { encoding: 'utf8', maxBuffer: LARGEST_OUTPUT })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`php ${args.join(' ')} said: ${stdout.slice(-2000)}${stderr}`, { cause: error });
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    process.kill(child.spawnargs[0] === 'php' ? -child.pid : child.pid, 'SIGTERM');
  } catch {
    return;
  }
  await ended;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (await holds()) return;
    await pause(100);
  }
  throw new Error('it did not start within two minutes');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
