import type { Finding } from './finding.ts';

const MARKS = { ok: 'ok      ', note: 'note    ', problem: 'PROBLEM ' };

/** The report, line by line; the last line sums up. */
export function describeFindings(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ level, says, help }) => [
    `${MARKS[level]}${says}`,
    ...(help === undefined ? [] : [`        ${help}`]),
  ]);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const sum = problems === 0 ? 'All is well.' : problems === 1 ? 'One problem.' : `${problems} problems.`;
  return [...lines, '', sum];
}
