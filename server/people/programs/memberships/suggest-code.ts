const LONGEST_STEM = 20;

/** A code for links from a name and a few random signs: "Änna Berg", "7k3f" -> "anna-berg-7k3f". */
export function suggestCode(name: string, suffix: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^-+|-+$/g, '');
  return `${stem || 'partner'}-${suffix}`;
}
