/** "#1001": stores differ in whether a number brings its own sign; one with letters stays as it is. */
export function describeOrderNumber(number: string): string {
  return /^\d/.test(number) ? `#${number}` : number;
}
