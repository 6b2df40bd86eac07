import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { buildScript } from '../../storefront-snippet/build.ts';
import { chromiumPath } from '../support/requires.ts';
import { openShop, type Shop, type ShopOptions } from './open-shop.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Visit {
  shop: Shop;
  context: BrowserContext;
  page: Page;
  /** Addresses under /collect/ that the browser asked for, whether or not they arrived. */
  asked: string[];
  /** Uncaught errors and refusals that the page showed. */
  errors: string[];
  /** What was written to the console. */
  said: string[];
}

export interface TestBrowser {
  /** Opens a shop in a fresh browser profile, without going there yet. */
  prepare(options?: Partial<ShopOptions>): Promise<Visit>;
  /** Goes to the shop's page and waits until its scripts ran. */
  visit(query: string, options?: Partial<ShopOptions>): Promise<Visit>;
  /** Closes what was opened since the last call. */
  closeShops(): Promise<void>;
  close(): Promise<void>;
}

/** Starts Chromium, and builds the scripts that the shops in it will have. */
export async function openBrowser(): Promise<TestBrowser> {
  const snippet = (await buildScript('snippet.js')).code;
  const forms = (await buildScript('snippet-forms.js')).code;
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
  const opened: { shop: Shop; context: BrowserContext }[] = [];

  async function prepare(options: Partial<ShopOptions> = {}): Promise<Visit> {
    const shop = await openShop({ snippet, forms, ...options });
    const context = await browser.newContext();
    opened.push({ shop, context });
    const page = await context.newPage();
    const [asked, errors, said]: string[][] = [[], [], []];
    page.on('request', (request) => {
      if (request.url().includes('/collect/')) asked?.push(request.url());
    });
    page.on('pageerror', (error) => errors?.push(error.message));
    page.on('console', (message) => said?.push(message.text()));
    return { shop, context, page, asked: asked ?? [], errors: errors ?? [], said: said ?? [] };
  }

  return {
    prepare,
    async visit(query, options) {
      const visited = await prepare(options);
      await visited.page.goto(`${visited.shop.url}${query}`);
      return visited;
    },
    async closeShops() {
      for (const { shop, context } of opened.splice(0)) {
        await context.close();
        await shop.close();
      }
    },
    close: () => browser.close(),
  };
}

export async function cookieNames(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map(({ name }) => name).sort();
}

export function storedNames(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(localStorage).sort());
}

/** Gives a command of the page, as its own scripts would. */
export function tell(page: Page, command: string, value: unknown): Promise<void> {
  return page.evaluate(
    ([name, argument]) => {
      const host = window as unknown as { refledger(command: unknown, value: unknown): void };
      host.refledger(name, argument);
    },
    [command, value] as const,
  );
}

export const consent = (page: Page, granted: boolean): Promise<void> => tell(page, 'consent', granted);
