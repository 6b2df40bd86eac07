const ROUNDS = 5;

export const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Seconds that a piece of work takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Runs both in turn, round by round, and prints the median of each and of their ratio. */
export async function compare(
  title: string,
  a: [string, () => Promise<number>],
  b: [string, () => Promise<number>],
): Promise<void> {
  const rounds: { a: number; b: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push({ a: await a[1](), b: await b[1]() });
  const [left, right] = [median(rounds.map((round) => round.a)), median(rounds.map((round) => round.b))];
  const ratio = median(rounds.map((round) => round.a / round.b));
  console.log(
    `${title}\n  ${a[0]}: ${left.toFixed(3)} s\n  ${b[0]}: ${right.toFixed(3)} s\n  ratio: ${ratio.toFixed(2)}`,
  );
}
