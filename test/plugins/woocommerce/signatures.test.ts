import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import signatures from '../../support/vectors/signatures.json' with { type: 'json' };

describe("the plugin's signature vectors are those of the Standard Webhooks library", () => {
  for (const { why, secrets, id, timestamp, body, signature } of signatures.vectors) {
    it(why, () => {
      const made = secrets.map((secret) => new Webhook(secret).sign(id, new Date(timestamp * 1000), body));
      expect(made.join(' ')).to.equal(signature);
    });
  }
});
