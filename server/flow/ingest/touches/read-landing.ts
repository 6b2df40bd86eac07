/** What a landing address says beside the affiliate's code. */
export interface Landing {
  /** What the affiliate wrote on the link. */
  subId: string | null;
  /** The name of the link that led here: its slug or its id. */
  link: string | null;
}

const SUB_ID = /^[A-Za-z0-9._~:-]{1,64}$/;
const LINK_NAME = /^[A-Za-z0-9-]{1,64}$/;

/** Reads `sub` and `rfl` from the address on which a visitor landed; what has another form is not there. The first counts. */
export function readLanding(url: string | null): Landing {
  const query = (url === null ? null : URL.parse(url))?.searchParams;
  const read = (name: string, form: RegExp): string | null => {
    return query?.getAll(name).find((value) => form.test(value)) ?? null;
  };
  return { subId: read('sub', SUB_ID), link: read('rfl', LINK_NAME) };
}
