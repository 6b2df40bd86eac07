// Runs a shop's script on a stand-in of a page, in a process that may read no file and start no program: reads
// { script, url, src, dataset } as JSON from stdin, prints { posts, waited, error } as JSON. Whatever the script
// would send is only written down.
import { webcrypto } from 'node:crypto';
import { text } from 'node:stream/consumers';
import vm from 'node:vm';

const MILLISECONDS = 2000;
const { script, url, src, dataset } = JSON.parse(await text(process.stdin));
const posts = [];
const note = (address, body) => posts.push({ address: String(address), body: String(body) });

const page = vm.createContext(
  {
    URL,
    URLSearchParams,
    crypto: webcrypto,
    location: new URL(url),
    localStorage: {},
    sessionStorage: {},
    document: { referrer: '', cookie: '', currentScript: { src, dataset }, addEventListener() {} },
    navigator: { sendBeacon: (address, body) => note(address, body) > 0 },
    fetch: (address, { body } = {}) => Promise.resolve(note(address, body)),
  },
  { codeGeneration: { strings: false, wasm: false } },
);
const run = (code) => vm.runInContext(code, page, { timeout: MILLISECONDS });

let [error, waited] = ['', false];
try {
  run('globalThis.window = globalThis');
  run(script);
  if (posts.length === 0) {
    run("window.refledger?.('consent', true)");
    waited = posts.length > 0;
  }
} catch (thrown) {
  error = String(thrown);
}
console.log(JSON.stringify({ posts, waited, error }));
