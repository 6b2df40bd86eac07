import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Membership } from './membership.ts';
import { defineMembershipModel, type MembershipDocument } from './membership.model.ts';

export type MembershipStore = ReturnType<typeof createMembershipStore>;

/** What identifies one membership inside a programme. */
export interface MembershipRef {
  merchantId: string;
  programId: string;
  id: string;
}

/** Queries of memberships, each within one merchant. */
export function createMembershipStore(connection: Connection) {
  const memberships = defineMembershipModel(connection);
  return {
    /** Stores a membership, or says which of the two unique things was taken. */
    async insert({ id: _id, ...facts }: Membership): Promise<'stored' | 'code-taken' | 'member-already'> {
      try {
        await memberships.create({ _id, ...facts });
        return 'stored';
      } catch (error) {
        if (isDuplicateKey(error, 'foldedCode')) return 'code-taken';
        if (isDuplicateKey(error)) return 'member-already';
        throw error;
      }
    },

    async byId({ merchantId, programId, id: _id }: MembershipRef): Promise<Membership | undefined> {
      return toMembership(await memberships.findOne({ merchantId, programId, _id }).lean());
    },

    async byCode(merchantId: string, foldedCode: string): Promise<Membership | undefined> {
      return toMembership(await memberships.findOne({ merchantId, foldedCode }).lean());
    },

    async ofAffiliate(
      merchantId: string,
      programId: string,
      affiliateId: string,
    ): Promise<Membership | undefined> {
      return toMembership(await memberships.findOne({ merchantId, programId, affiliateId }).lean());
    },

    async list(
      merchantId: string,
      {
        programId,
        affiliateId,
        limit,
        cursor,
      }: PageRequest & { programId: string; affiliateId?: string | undefined },
    ): Promise<Page<Membership>> {
      const filter = {
        merchantId,
        programId,
        ...(affiliateId ? { affiliateId } : {}),
        ...afterCursor(cursor),
      };
      const documents = await memberships
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(fromDocument), limit);
    },

    /** Writes a longer history; false when another step came between. */
    async saveStatuses(before: Membership, statuses: Membership['statuses']): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, statuses: { $size: before.statuses.length } };
      const status = statuses.at(-1)?.status ?? before.status;
      return (await memberships.updateOne(filter, { $set: { statuses, status } })).matchedCount === 1;
    },

    /** Writes a longer history of groups; false when another step came between. */
    async saveGroups(before: Membership, groups: Membership['groups']): Promise<boolean> {
      const { merchantId, id: _id } = before;
      const filter = { merchantId, _id, ...unchanged(before.groups) };
      const group = groups.at(-1)?.group ?? null;
      return (await memberships.updateOne(filter, { $set: { groups, group } })).matchedCount === 1;
    },
  };
}

/** Members of the first version have no history of groups. */
function unchanged(groups: Membership['groups']): object {
  const same = { groups: { $size: groups.length } };
  return groups.length === 0 ? { $or: [same, { groups: { $exists: false } }] } : same;
}

function toMembership(document: MembershipDocument | null): Membership | undefined {
  return document ? fromDocument(document) : undefined;
}

function fromDocument({ _id: id, group, groups, ...facts }: MembershipDocument): Membership {
  return { id, ...facts, group: group ?? null, groups: groups ?? [] };
}
