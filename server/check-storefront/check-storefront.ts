/**
 * `refledger check-storefront <url>`: tells the owner of a shop whether the snippet works there.
 *
 * It reads the page as a program, not as a browser: finds the tag (`read-storefront-page.ts`), judges what the
 * page says (`judge-*.ts`, pure), asks the script's address, runs that very script on a stand-in of the page with a
 * code in its address (`run-in-stand-in.ts`), and sends the touch that it would send. What the shop's other scripts
 * do, and what an ad blocker does, only a browser shows: `?refledger_debug=1`. Tests: `test/check-storefront`.
 */
import { fetchLimited, Unreachable, type Fetched } from './fetch-limited.ts';
import { note, ok, problem, type Finding } from './finding.ts';
import { judgeLanding } from './judge-landing.ts';
import { judgeScript } from './judge-script.ts';
import { judgeTag, type PageFacts } from './judge-tag.ts';
import { judgeTouch, type TouchAnswer } from './judge-touch.ts';
import { readStorefrontPage, type SnippetTag } from './read-storefront-page.ts';
import { runInStandIn, type Outcome } from './run-in-stand-in.ts';

/** A code that nobody has, so that the check of a shop records nothing. */
const CODE_OF_NOBODY = 'refledger-check-storefront';

export interface StorefrontCheck {
  /** A page of the shop. */
  url: string;
  /** A code of an affiliate: the visit is then recorded as a touch of theirs. */
  code: string | undefined;
  /** Origin of our server, to find a tag that names another. */
  expectedServer: string | undefined;
}

/** Everything that the check found out, in the order in which a visit would come by it. */
export async function checkStorefront(check: StorefrontCheck): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    for await (const found of visitStorefront(check)) findings.push(...found);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    findings.push(
      problem(error.message, 'Check the address, and whether the server runs and can be reached from here.'),
    );
  }
  return findings;
}

/** Each step gives what it found; after a problem with the script itself no touch is tried. */
async function* visitStorefront(check: StorefrontCheck): AsyncGenerator<Finding[]> {
  const facts = readFacts(await fetchLimited(check.url), check);
  const found = judgeTag(facts);
  yield found;
  const { tag } = facts.page;
  if (!tag) return;

  const script = await fetchLimited(tag.src);
  const loaded = judgeScript(script);
  yield [loaded];

  const param = (tag.attributes['data-params'] ?? '').split(/[\s,]+/)[0] || 'ref';
  const landing = new URL(check.url);
  landing.searchParams.set(param, check.code ?? CODE_OF_NOBODY);
  const arrived = await fetchLimited(landing.href);
  yield [judgeLanding(landing.href, arrived.url, param)];

  if ([...found, loaded].some(({ level }) => level === 'problem')) {
    yield [note('No touch was tried.', 'Mend what is above, and check again.')];
    return;
  }
  const outcome = await runInStandIn({
    script: script.text,
    url: landing.href,
    src: tag.src,
    dataset: readDataset(tag),
  });
  yield await tryTouch(outcome, tag, check.code);
}

function readFacts(answer: Fetched, { expectedServer }: StorefrontCheck): PageFacts {
  if (answer.status !== 200) throw new Unreachable(`${answer.url} answers with the error ${answer.status}.`);
  const page = readStorefrontPage(answer.text, answer.url);
  const header = answer.headers.get('content-security-policy');
  const policies = [...(header?.split(',') ?? []), ...page.policies];
  return { address: answer.url, page, policies, expectedServer };
}

/** Sends the touch that the script would send, and only to where the script came from. */
async function tryTouch(outcome: Outcome, tag: SnippetTag, code: string | undefined): Promise<Finding[]> {
  const address = `${new URL(tag.src).origin}/collect/v1/touches`;
  const touch = outcome.posts.find((post) => post.address === address);
  if (!touch) {
    const help =
      'Check data-params and data-privacy-signals on the tag, and whether the script is changed on its way.';
    return [problem(`The script ran, and sent no touch. ${outcome.error}`.trim(), help)];
  }
  const answer = await fetchLimited(address, {
    method: 'POST',
    body: touch.body,
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
  });
  const waited = outcome.waited ? [ok('Once the visitor agrees, the script goes to work.')] : [];
  return [...waited, ...judgeTouch(readAnswer(answer), code)];
}

function readAnswer({ status, text }: Fetched): TouchAnswer {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; message?: string } };
    return { status, code: error?.code ?? '', message: error?.message ?? '' };
  } catch {
    return { status, code: '', message: '' };
  }
}

/** `data-privacy-signals` is `privacySignals` to a script. */
function readDataset({ attributes }: SnippetTag): Record<string, string> {
  const data = Object.entries(attributes).filter(([name]) => name.startsWith('data-'));
  const camel = (name: string): string =>
    name.slice(5).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(data.map(([name, value]) => [camel(name), value]));
}
