import type { Connection } from 'mongoose';
import {
  afterCursor,
  NEWEST_FIRST,
  toPage,
  type Page,
  type PageRequest,
} from '../../../platform/http/index.ts';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import type { Program } from './program.ts';
import { defineProgramModel, type ProgramDocument } from './program.model.ts';

/** The histories of a programme; each only grows. */
export type ProgramHistory = 'statuses' | 'settingsVersions' | 'ruleVersions';

export type ProgramStore = ReturnType<typeof createProgramStore>;

/** Queries of programmes, each within one merchant. */
export function createProgramStore(connection: Connection) {
  const programs = defineProgramModel(connection);
  return {
    /** False when the merchant has a programme of this name. */
    async insert({ id: _id, ...facts }: Program): Promise<boolean> {
      try {
        await programs.create({ _id, ...facts });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    async byId(merchantId: string, id: string): Promise<Program | undefined> {
      const document = await programs.findOne({ merchantId, _id: id }).lean();
      return document ? toProgram(document) : undefined;
    },

    async list(merchantId: string, { limit, cursor }: PageRequest): Promise<Page<Program>> {
      const filter = { merchantId, ...afterCursor(cursor) };
      const documents = await programs
        .find(filter)
        .sort(NEWEST_FIRST)
        .limit(limit + 1)
        .lean();
      return toPage(documents.map(toProgram), limit);
    },

    /** All of them: a merchant has few. */
    async all(merchantId: string): Promise<Program[]> {
      return (await programs.find({ merchantId }).sort({ _id: 1 }).lean()).map(toProgram);
    },

    /** Those that have ever named an owner of one of these products (S3); a merchant has few programmes. */
    async owningProducts(merchantId: string, productIds: readonly string[]): Promise<Program[]> {
      const owned = 'settingsVersions.settings.ownedProducts.productId';
      const filter = { merchantId, [owned]: { $in: [...productIds] } };
      return (await programs.find(filter).sort({ _id: 1 }).lean()).map(toProgram);
    },

    /** Adds one step to a history; false when another step came between. */
    async append<H extends ProgramHistory>(
      before: Program,
      history: H,
      step: Program[H][number],
    ): Promise<boolean> {
      const filter = {
        merchantId: before.merchantId,
        _id: before.id,
        [history]: { $size: before[history].length },
      };
      const status = 'status' in step ? { $set: { status: step.status } } : {};
      return (await programs.updateOne(filter, { $push: { [history]: step }, ...status })).matchedCount === 1;
    },
  };
}

function toProgram({ _id: id, ...facts }: ProgramDocument): Program {
  return { id, ...facts };
}
