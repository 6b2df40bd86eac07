import type { Clock } from '../../../shared/clock.ts';
import { DomainError } from '../../../shared/errors.ts';
import { canonicalJson } from '../../../shared/hash.ts';
import type { NewId } from '../../../shared/ids.ts';
import type { StorefrontSettings, StorefrontSettingsVersion } from '../../../shared/storefront-settings.ts';
import { untilSaved } from '../../../platform/mongo/index.ts';
import type { StorefrontSettingsStore } from './storefront-settings.store.ts';

export interface StorefrontSettingsDeps {
  versions: StorefrontSettingsStore;
  /** Destroys the keys of IP addresses that are older than that, and lets no other live longer. */
  shortenIpKeys: (merchantId: string, days: number) => Promise<void>;
  clock: Clock;
  newId: NewId;
}

export interface SettingsChange {
  merchantId: string;
  staffId: string;
  settings: StorefrontSettings;
  /** The revision that the person had before their eyes; undefined = whichever holds. */
  seen: number | undefined;
}

/**
 * Adds a version of the storefront settings; the same settings again add none. Keys of IP addresses are shortened
 * in any case, so that a repeat mends what a crash has left undone.
 * @throws DomainError `conflict` when somebody else changed them since.
 */
export async function changeStorefrontSettings(
  { versions, shortenIpKeys, clock, newId }: StorefrontSettingsDeps,
  { merchantId, staffId, settings, seen }: SettingsChange,
): Promise<StorefrontSettingsVersion> {
  const version = await untilSaved<StorefrontSettingsVersion>(async () => {
    const current = await versions.current(merchantId);
    if (seen !== undefined && seen !== current.revision) throw changedMeanwhile(current.revision);
    const isSame = canonicalJson(settings) === canonicalJson(current.settings);
    if (isSame && current.revision > 0) return { saved: true, result: current };
    const revision = current.revision + 1;
    const next = { revision, settings, changedAt: clock(), changedBy: staffId };
    return { saved: await versions.add({ merchantId, _id: newId(), ...next }), result: next };
  });
  await shortenIpKeys(merchantId, settings.ipHashDays);
  return version;
}

function changedMeanwhile(revision: number): DomainError {
  return new DomainError(
    'conflict',
    `The settings were changed meanwhile; revision ${revision} holds.`,
    'Read them again, and change what you see then.',
  );
}
