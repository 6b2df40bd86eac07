export { deriveKey } from './derive-key.ts';
export { decryptSecret, encryptSecret } from './encrypt-secret.ts';
export { hashPassword, verifyPassword } from './hash-password.ts';
export { keyedHash } from './keyed-hash.ts';
export { hashToken, randomToken } from './random-token.ts';
export { verifySignature } from './verify-signature.ts';
export { verifyStandardWebhook } from './verify-standard-webhook.ts';
