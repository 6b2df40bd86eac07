import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../../../platform/mongo/index.ts';
import { storefrontSettings, type StorefrontSettingsVersion } from '../../../shared/storefront-settings.ts';
import {
  defineStorefrontSettingsModel,
  type StorefrontSettingsDocument,
} from './storefront-settings.model.ts';

export type StorefrontSettingsStore = ReturnType<typeof createStorefrontSettingsStore>;

/** The versions of the storefront settings, each merchant's own. */
export function createStorefrontSettingsStore(connection: Connection) {
  const versions = defineStorefrontSettingsModel(connection);
  return {
    /** The version that holds: the newest, or the defaults where nobody wrote any. */
    async current(merchantId: string): Promise<StorefrontSettingsVersion> {
      const found = await versions.findOne({ merchantId }).sort({ revision: -1 }).lean();
      const { revision = 0, settings = {}, changedAt = null, changedBy = null } = found ?? {};
      return { revision, settings: storefrontSettings.parse(settings), changedAt, changedBy };
    },

    /** False when another version of this revision came first. */
    async add(version: StorefrontSettingsDocument): Promise<boolean> {
      try {
        await versions.create(version);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
