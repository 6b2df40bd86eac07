import { BSONRegExp, BSONSymbol, Binary, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID, serialize } from 'bson'; // prettier-ignore
import { expect } from 'chai';
import { decodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';
import { encodeDocument } from '../../../../server/platform/mongo/embedded/values/bson.ts';

/** What comes back when the store reads a value and writes its document again, as an update of another field does. */
function rewritten(value: unknown): Buffer {
  return Buffer.from(encodeDocument(decodeDocument(serialize({ value, other: null }))));
}

describe('A value that the embedded store reads and writes again', () => {
  const values: Record<string, unknown> = {
    int32: new Int32(-1),
    int64: Long.MAX_VALUE,
    double: new Double(3),
    'negative zero': new Double(-0),
    NaN: new Double(NaN),
    Decimal128: Decimal128.fromString('1.00E-3'),
    'Decimal128 NaN': Decimal128.fromString('NaN'),
    Date: new Date(-1),
    ObjectId: new ObjectId('0123456789abcdef01234567'),
    Binary: new Binary(Buffer.from('abc'), 0x80),
    UUID: new UUID('0189aaaa-bbbb-7ccc-8ddd-eeeeeeeeeeee'),
    regex: new BSONRegExp('^a.*$', 'im'),
    Timestamp: new Timestamp({ t: 4_000_000_000, i: 1 }),
    MinKey: new MinKey(),
    MaxKey: new MaxKey(),
    null: null,
    'fields in their order': new Map<string, unknown>([['b', 1], ['10', 2], ['a', 3], ['9', 4]]), // prettier-ignore
    'an array in an array': [[], [new Int32(1)], {}],
    'a zero byte in a string': 'a\0b',
  };
  for (const [name, value] of Object.entries(values)) {
    it(`is the same, byte by byte: ${name}`, () => {
      expect(rewritten(value)).to.deep.equal(Buffer.from(serialize({ value, other: null })));
    });
  }

  const refused: Record<string, unknown> = {
    'JavaScript code': new Code('1'),
    'a symbol': new BSONSymbol('s'),
    'the old binary subtype 2': new Binary(Buffer.from('abc'), 2),
  };
  for (const [name, value] of Object.entries(refused)) {
    it(`is refused when that could not be: ${name}`, () => {
      expect(() => rewritten(value))
        .to.throw('MONGODB_URI')
        .with.property('code', 238);
    });
  }

  it('is refused when that could not be: options of a regular expression out of their order', () => {
    const bytes = Buffer.from(serialize({ value: new BSONRegExp('a', 'im') }));
    bytes.write('mi', bytes.indexOf('im'));
    expect(() => decodeDocument(bytes))
      .to.throw('out of their order')
      .with.property('code', 238);
  });
});
