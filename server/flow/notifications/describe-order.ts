/** "order #1001": stores differ in whether a number brings its own sign. */
export function describeOrder(number: string): string {
  return /^\d/.test(number) ? `order #${number}` : `order ${number}`;
}
