import { ok, problem, type Finding } from './finding.ts';

/** Whether what the script's address answers is our script. */
export function judgeScript({ status, text }: { status: number; text: string }): Finding {
  if (status !== 200) {
    const help =
      'Check that the tag has the address of your Refledger server, and that a proxy lets /snippet.js through.';
    return problem(`The address of the script answers with the error ${status}.`, help);
  }
  if (text.includes('/collect/v1/touches')) return ok(`The script loads (${text.length} bytes).`);
  return problem(
    'What the address of the script answers is not the script of Refledger.',
    'Open the address in a browser: a page or a proxy in front of the server may answer in its place.',
  );
}
