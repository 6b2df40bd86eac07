import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Link, LinkKind, LinkTargetVersion } from './link.ts';
import { defineLinkModel, type LinkDocument } from './link.model.ts';

export type LinkStore = ReturnType<typeof createLinkStore>;

interface LinkFilter {
  affiliateId?: string | undefined;
  /** Only links of these kinds; all when left out. */
  kinds?: readonly LinkKind[];
}

/** Queries of links; all but those of a visitor's request within one merchant. */
export function createLinkStore(connection: Connection) {
  const links = defineLinkModel(connection);
  const findOne = async (filter: object): Promise<Link | undefined> => {
    const document = await links.findOne(filter).lean();
    return document ? toLink(document) : undefined;
  };
  return {
    /** False when the slug is taken, by whomever. */
    async insert({ id: _id, ...facts }: Link): Promise<boolean> {
      try {
        await links.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    byId: (merchantId: string, id: string) => findOne({ merchantId, _id: id }),
    byIdAlone: (id: string) => findOne({ _id: id }),
    bySlug: (slug: string) => findOne({ slug }),

    async list(
      merchantId: string,
      { affiliateId, kinds, limit, cursor }: PageRequest & LinkFilter,
    ): Promise<Page<Link>> {
      const filter = {
        merchantId,
        ...(affiliateId ? { affiliateId } : {}),
        ...(kinds ? ofKinds(kinds) : {}),
        ...afterCursor(cursor),
      };
      const documents = await links
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toLink), limit);
    },

    /** Leads a rewrite elsewhere; false when another target came since `before` was read. */
    async addTarget(before: Link, target: LinkTargetVersion): Promise<boolean> {
      const filter = {
        merchantId: before.merchantId,
        _id: before.id,
        targets: { $size: before.targets.length },
      };
      const change = { $push: { targets: target }, $set: { targetUrl: target.targetUrl } };
      return (await links.updateOne(filter, change)).matchedCount === 1;
    },

    /** Writes a longer history; false when another step came between. */
    async saveStatuses(before: Link, statuses: Link['statuses']): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, statuses: { $size: before.statuses.length } };
      const status = statuses.at(-1)?.status ?? before.status;
      return (await links.updateOne(filter, { $set: { statuses, status } })).matchedCount === 1;
    },
  };
}

/** The first links name no kind; they are short. */
function ofKinds(kinds: readonly LinkKind[]): object {
  const [kind, ...others] = kinds;
  if (others.length === 0 && kind !== 'short') return { kind };
  return { kind: { $in: kinds.includes('short') ? [...kinds, null] : [...kinds] } };
}

function toLink({ _id: id, ...facts }: LinkDocument): Link {
  const { targetUrl, createdAt } = facts;
  return {
    id,
    ...facts,
    kind: facts.kind ?? 'short',
    targets: facts.targets ?? [{ version: 1, targetUrl, from: createdAt }],
    status: facts.status ?? 'active',
    statuses: facts.statuses ?? [{ status: 'active', from: createdAt }],
    subId: facts.subId ?? null,
    title: facts.title ?? null,
  };
}
