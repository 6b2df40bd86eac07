/** A whole number from the command line. Throws Error that names the option, for example `--port`. */
export function readNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} takes a whole number, for example ${name} 7`);
  return parseInt(text, 10);
}
