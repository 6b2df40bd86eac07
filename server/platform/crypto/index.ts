export { deriveKey } from './derive-key.ts';
export { decryptSecret, encryptSecret, type SecretPlace } from './encrypt-secret.ts';
export { hashPassword, verifyPassword } from './hash-password.ts';
export { keyedHash } from './keyed-hash.ts';
export { hashToken, randomToken } from './random-token.ts';
export { verifySignature, type SignedBody } from './verify-signature.ts';
export { verifyStandardWebhook, type StandardWebhook, type WebhookCheck } from './verify-standard-webhook.ts';
