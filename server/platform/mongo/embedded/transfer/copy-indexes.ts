import type mongoose from 'mongoose';

/** Makes the indexes of one collection in another: those by which documents expire, or all others. */
export async function copyIndexes(
  source: mongoose.mongo.Collection,
  target: mongoose.mongo.Collection,
  kind: 'lasting' | 'expiring',
): Promise<void> {
  const indexes = (await source.indexes()).filter(
    (index) => index.name !== '_id_' && (index.expireAfterSeconds !== undefined) === (kind === 'expiring'),
  );
  // `v` is for the target to choose; `ns` and `background` are what older versions kept.
  const specs = indexes.map(({ v: _v, ns: _ns, background: _background, ...spec }) => spec);
  if (specs.length > 0) await target.createIndexes(specs);
}
