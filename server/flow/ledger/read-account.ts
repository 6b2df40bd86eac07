/** The parts of an account's name (S12): `pending/<affiliateId>/<programId>`, `commission-expense/<programId>`. */
export function readAccount(name: string): { kind: string; affiliateId: string | null; programId: string } {
  const [kind = '', first = '', second] = name.split('/');
  return second === undefined
    ? { kind, affiliateId: null, programId: first }
    : { kind, affiliateId: first, programId: second };
}
