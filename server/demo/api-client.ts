import { z } from 'zod';

/** The merchant's view of the server: HTTP only, as any other client. */
export interface ApiClient {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  /** Every item of a list, over all its pages. */
  list<T>(path: string, item: z.ZodType<T>): Promise<T[]>;
}

export interface Account {
  url: string;
  email: string;
  password: string;
}

const LARGEST_PAGE = 200;
const signedIn = z.object({ accessToken: z.string() });

/** Signs in when it has to: at first, and when the access token is over. */
export function createApiClient(account: Account): ApiClient {
  let token: string | undefined;

  async function signIn(): Promise<string> {
    const { email, password } = account;
    const response = await sendJson(`${account.url}/api/v1/auth/login`, 'POST', { email, password });
    return signedIn.parse(await readAnswer(response, 'POST /api/v1/auth/login')).accessToken;
  }

  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    schema: z.ZodType<T>,
    body?: object,
  ): Promise<T> {
    const send = async (): Promise<Response> => {
      token ??= await signIn();
      return sendJson(account.url + path, method, body, token);
    };
    let response = await send();
    if (response.status === 401) {
      token = undefined;
      response = await send();
    }
    return schema.parse(await readAnswer(response, `${method} ${path}`));
  }

  return {
    get: (path, schema) => call('GET', path, schema),
    post: (path, body, schema) => call('POST', path, schema, body),
    async list(path, item) {
      const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
      const items: z.infer<typeof item>[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const from: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
        const answer: z.infer<typeof page> = await call('GET', `${path}?limit=${LARGEST_PAGE}${from}`, page);
        items.push(...answer.items);
        cursor = answer.nextCursor;
      }
      return items;
    },
  };
}

function sendJson(url: string, method: string, body?: object, token?: string): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** @throws Error that names the call, the status and what the server said. */
async function readAnswer(response: Response, call: string): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new Error(`${call} answered ${response.status}: ${text}`);
}
