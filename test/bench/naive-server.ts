// What most would write for clicks: Express, a model, one document a click. On the same embedded store.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import express from 'express';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../server/platform/mongo/embedded/index.ts';

const dir = await mkdtemp(join(tmpdir(), 'refledger-naive-'));
const store = await startEmbeddedStore({ dir });
const connection = await mongoose.createConnection(process.env['TEST_MONGODB_URI'] ?? store.uri).asPromise();
const Link = connection.model(
  'NaiveLink',
  new mongoose.Schema({ slug: { type: String, index: true }, url: String }),
);
const Click = connection.model(
  'NaiveClick',
  new mongoose.Schema({ slug: String, url: String, ip: String, userAgent: String, at: Date }),
);
await Link.init();
await Link.create({ slug: 'tea', url: 'https://shop.example/tea' });

const app = express();
app.get('/r/:slug', async (request, response) => {
  const link = await Link.findOne({ slug: request.params.slug });
  if (!link) return void response.sendStatus(404);
  const { ip = '', headers } = request;
  const userAgent = headers['user-agent'] ?? '';
  await Click.create({ slug: request.params.slug, ip, userAgent, at: new Date() });
  response.redirect(String(link.url));
});
app.post('/clicks', express.json(), async (request, response) => {
  const { ip = '', headers, body } = request;
  await Click.create({ url: body.url, ip, userAgent: headers['user-agent'] ?? '', at: new Date() });
  response.status(202).json({ ok: true });
});
const listener = app.listen(0, '127.0.0.1', () => process.send?.((listener.address() as AddressInfo).port));
process.once('message', () => void stop());

async function stop(): Promise<void> {
  listener.close();
  listener.closeAllConnections();
  await connection.close();
  await store.close();
  await rm(dir, { recursive: true, force: true });
  process.disconnect();
}
