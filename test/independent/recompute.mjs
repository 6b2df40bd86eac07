// Recomputes receipts from the platform's amounts in them, and names everything that disagrees.
//
//   node test/independent/recompute.mjs receipt.json ...
//
// A file holds what GET /api/v1/commissions/:id/receipt answers, or a receipt, or a list of either. Nothing of the
// server is imported, so that a mistake there is none here. Exit code 1: something disagrees or cannot be read.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process, { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';

const MILLION = 1_000_000n;
const ZERO = { net: 0n, tax: 0n };

/** Half away from zero (S1). */
function divide(dividend, divisor) {
  const negative = dividend < 0n !== divisor < 0n;
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const rounded = (2n * a + b) / (2n * b);
  return negative ? -rounded : rounded;
}

/** Parts of a non-negative total by weight, largest remainder, equal remainders to the earlier part (S1). */
function split(total, weights) {
  const counted = weights.map((weight) => (weight > 0n ? weight : 0n));
  const whole = add(counted);
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? total : 0n));
  const parts = counted.map((weight) => (total * weight) / whole);
  const rank = counted.map((weight, index) => ({ index, rest: (total * weight) % whole }));
  rank.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  const missing = Number(total - add(parts));
  for (const { index } of rank.slice(0, missing)) parts[index] += 1n;
  return parts;
}

const add = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);
const floor = (amount) => (amount < 0n ? 0n : amount);
const cap = (amount, limit) => floor(amount > limit ? limit : amount);
const isAmount = (value) => Object.keys(value ?? {}).join() === 'amount,currency';
const of = (money) => BigInt(money.amount);
const pair = ({ net, tax }) => ({ net: of(net), tax: of(tax) });

/** JSON with sorted keys; an amount is its digits and an n, because the order's currency holds for all. */
function canonical(value) {
  if (isAmount(value)) return `"${of(value)}n"`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** What disagrees in a receipt, one line each; empty when everything agrees. */
export function findDisagreements(receipt, { withHash = true } = {}) {
  const said = [];
  const check = (what, told, computed) => {
    if (told !== computed) said.push(`${what}: the receipt says ${told}, recomputed ${computed}`);
  };
  if (withHash) {
    const { hash, ...content } = receipt;
    check('hash', hash, createHash('sha256').update(canonical(content)).digest('hex'));
  }
  try {
    checkCurrencies(receipt, 'receipt', receipt.order.currency, check);
    if (receipt.terms === null) check('lines without rules', receipt.lines.length, 0);
    else checkLines(receipt, check);
    checkOrderCommissions(receipt, check);
    checkSums(receipt, check);
  } catch (error) {
    said.push(`the receipt cannot be read: ${error.message}`);
  }
  return said;
}

function checkCurrencies(value, path, currency, check) {
  if (isAmount(value)) check(`${path}.currency`, value.currency, currency);
  else if (value !== null && typeof value === 'object')
    for (const [key, member] of Object.entries(value))
      checkCurrencies(member, `${path}.${key}`, currency, check);
}

function checkLines(receipt, check) {
  const { order, lines, terms } = receipt;
  const computed = computeBases(receipt);
  check('number of lines', lines.length, computed.length);
  for (const [index, line] of lines.entries()) {
    const name = `line ${line.lineId}`;
    const steps = computed[index];
    if (!steps) continue;
    for (const [key, value] of Object.entries(steps)) {
      const told = isAmount(line[key]) ? of(line[key]) : line[key];
      check(`${name}, ${key}`, told, value);
    }
    check(`${name}, listed in the rules as excluded`, isListed(line, terms.exclude), line.excluded !== null);
    checkRule(line, name, order.currency, terms.order, check);
  }
}

/** Bought gift cards are outside as well (S4); only the reason tells them. */
function isListed({ productId, categoryIds, excluded }, exclude) {
  const listed =
    exclude.productIds.includes(productId) || categoryIds.some((id) => exclude.categoryIds.includes(id));
  return listed || /gift card/.test(excluded ?? '');
}

/** S4 and S6: from what the platform listed to the base, every step of every line. */
function computeBases({ order, lines, terms }) {
  const goods = lines.filter(({ kind }) => kind === 'goods').map(startLine);
  const lowered = order.fees.map(pair).filter(({ net }) => net < 0n);
  if (lowered.length > 0) {
    const net = cap(-add(lowered.map((fee) => fee.net)), add(goods.map((line) => line.net)));
    const tax = cap(-add(lowered.map((fee) => fee.tax)), add(goods.map((line) => line.tax)));
    takeOff(goods, net, tax, 'feeShare');
  }
  goods.forEach(removeUnits);
  const refunds = order.refunds.filter(({ made, totalOnly }) => made && !totalOnly);
  for (const line of goods) refundUnits(line, refunds);
  const extras = startExtras(order, terms.include, lines);
  for (const line of extras)
    refundParts(line, line.kind === 'fee' ? feeParts(line, refunds) : shippingParts(line, refunds));
  const all = [...goods, ...extras];
  const inTime = [...refunds].sort((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : Date.parse(a.createdAt) - Date.parse(b.createdAt),
  );
  for (const refund of inTime) refundAmount(all, of(refund.amountOnly));
  return all.map(finish);
}

function startLine(line) {
  const { taxIncluded, containedTaxPpm } = line;
  const paid = of(line.listed) - of(line.discount);
  const net =
    containedTaxPpm === null
      ? paid - of(line.tax)
      : divide(paid * MILLION, MILLION + BigInt(containedTaxPpm));
  const containedTax = taxIncluded ? paid - net : 0n;
  const tax = taxIncluded ? containedTax : of(line.tax);
  const steps = { tax, containedTax, feeShare: 0n, removed: 0n, refunded: 0n, refundShare: 0n };
  const left = { net: floor(paid - containedTax), tax: floor(tax) };
  return { line, kind: 'goods', facts: {}, ...left, units: line.quantity, steps };
}

/** Shipping and positive fees, where the rules take them in; what the order says of them must be in the lines. */
function startExtras({ shipping, fees }, include, lines) {
  const told = [
    ...(include.includes('shipping') ? [{ ...shipping, kind: 'shipping' }] : []),
    ...(include.includes('fees') ? fees.map((fee) => ({ ...fee, kind: 'fee' })) : []),
  ].filter(({ net }) => of(net) > 0n);
  const extras = lines.filter(({ kind }) => kind !== 'goods');
  return told.map((fee, index) => {
    const { net, tax } = pair(fee);
    const steps = { tax, containedTax: 0n, feeShare: 0n, removed: 0n, refunded: 0n, refundShare: 0n };
    const facts = { kind: fee.kind, lineId: fee.id, listed: net, discount: 0n, quantity: 1, removedUnits: 0 };
    return { line: extras[index] ?? {}, kind: fee.kind, facts, net, tax, units: 1, steps };
  });
}

function removeUnits(entry) {
  const { removedUnits, quantity } = entry.line;
  entry.units -= removedUnits;
  if (removedUnits === 0 || quantity === 0) return;
  const part = (amount) => cap(divide(amount * BigInt(removedUnits), BigInt(quantity)), amount);
  entry.steps.removed = part(entry.net);
  entry.tax -= part(entry.tax);
  entry.net -= entry.steps.removed;
}

/** S6: refunded lines count without tax, and before the amounts. */
function refundUnits(entry, refunds) {
  const parts = refunds.flatMap(({ lines }) => lines).filter(({ lineId }) => lineId === entry.line.lineId);
  refundParts(entry, parts.map(pair));
  entry.units -= parts.reduce((units, { quantity }) => units + quantity, 0);
  if (entry.units < 0 || (entry.steps.refunded > 0n && entry.net === 0n)) entry.units = 0;
}

function refundParts(entry, parts) {
  entry.steps.refunded = cap(add(parts.map(({ net }) => net)), entry.net);
  entry.tax -= cap(add(parts.map(({ tax }) => tax)), entry.tax);
  entry.net -= entry.steps.refunded;
}

const feeParts = ({ facts }, refunds) =>
  refunds.flatMap(({ fees }) => fees.filter(({ id }) => id === facts.lineId)).map(pair);

/** Where the store does not tell the tax in refunded shipping, it is divided as shipping is. */
function shippingParts({ net, tax }, refunds) {
  const told = refunds.map(({ shipping, shippingTax }) =>
    shippingTax === null ? ZERO : { net: floor(of(shipping) - of(shippingTax)), tax: of(shippingTax) },
  );
  const open = add(refunds.map(({ shipping, shippingTax }) => (shippingTax === null ? of(shipping) : 0n)));
  const openNet = divide(open * net, net + tax);
  return [...told, { net: openNet, tax: open - openNet }];
}

/** S6: an amount that names no line is gross; its net part leaves the lines by weight. */
function refundAmount(all, amount) {
  const [net, tax] = [add(all.map((entry) => entry.net)), add(all.map((entry) => entry.tax))];
  if (amount <= 0n || net + tax <= 0n) return;
  const part = cap(divide(amount * net, net + tax), net);
  takeOff(all, part, cap(amount - part, tax), 'refundShare');
}

function takeOff(all, net, tax, step) {
  const nets = split(net, all.map((entry) => entry.net)); // prettier-ignore
  const taxes = split(tax, all.map((entry) => entry.tax)); // prettier-ignore
  for (const [index, entry] of all.entries()) {
    entry.net -= nets[index];
    entry.tax -= taxes[index];
    entry.steps[step] += nets[index];
  }
}

function finish({ line, kind, facts, net, units, steps }) {
  return { kind, ...facts, ...steps, units, base: line.excluded === null ? net : 0n };
}

/** S5: what the chosen rule pays for the line, and that it came first in the order of rules. */
function checkRule(line, name, currency, order, check) {
  const { rule, beaten, passedOver } = line;
  const place = (each) => order.indexOf(each.place);
  check(`${name}, commission`, of(line.commission), rule ? payLine(rule, line, currency) : 0n);
  check(`${name}, rules where none applies`, rule === null ? beaten.length : 0, 0);
  const ranks = [...passedOver, ...(rule ? [rule] : []), ...beaten].map(place);
  check(`${name}, order of the rules`, ranks.join(), [...ranks].sort((a, b) => a - b).join());
  check(`${name}, rules without a place`, ranks.includes(-1), false);
  for (const each of passedOver) check(`${name}, ${each.id} applies`, applies(each, line, currency), false);
  if (rule) check(`${name}, ${rule.id} applies`, applies(rule, line, currency), true);
}

const applies = ({ kind, args }, line, currency) =>
  !kind.startsWith('flat-') ||
  (Object.hasOwn(args.amounts, currency) && (kind === 'flat-per-order' || line.kind === 'goods'));

const PAYS = {
  percent: ({ ratePpm }, line) => divide(of(line.base) * BigInt(ratePpm), MILLION),
  'flat-per-line': ({ amounts }, line, currency) => (line.units > 0 ? BigInt(amounts[currency]) : 0n),
  'flat-per-unit': ({ amounts }, line, currency) => BigInt(line.units) * BigInt(amounts[currency]),
  'flat-per-order': () => 0n,
};

const payLine = ({ kind, args }, line, currency) =>
  Object.hasOwn(PAYS, kind) ? PAYS[kind](args, line, currency) : `nothing known of "${kind}"`;

/** S5: flat per order is due once, while the base of its lines is above zero. */
function checkOrderCommissions({ lines, orderCommissions, order }, check) {
  const once = lines.filter(({ rule }) => rule?.kind === 'flat-per-order');
  const ids = new Set(once.map(({ rule }) => rule.id));
  check('rules that pay once', orderCommissions.map(({ rule }) => rule.id).join(), [...ids].join());
  for (const paid of orderCommissions) {
    const name = `rule ${paid.rule.id}`;
    const chosenBy = once.filter(({ rule }) => rule.id === paid.rule.id);
    const base = add(chosenBy.map((line) => of(line.base)));
    const told = [...new Set([paid.rule, ...chosenBy.map(({ rule }) => rule)].map(canonical))];
    check(`${name}, the same with its lines`, told.length, 1);
    check(`${name}, lines`, paid.lineIds.join(), chosenBy.map(({ lineId }) => lineId).join());
    check(`${name}, base`, of(paid.base), base);
    const flat = base > 0n ? BigInt(paid.rule.args.amounts[order.currency]) : 0n;
    check(`${name}, commission`, of(paid.commission), flat);
  }
}

/** S6: what the order should have earned, minus what was posted before. */
function checkSums({ order, lines, orderCommissions, terms, ...receipt }, check) {
  const dead = order.test || order.removed || order.cancelled || order.payment === 'void';
  const nothing = dead || order.chargeback === 'lost' || terms === null || receipt.rejected !== null;
  if (nothing) check('a reason to earn nothing', receipt.nothingBecause !== null, true);
  else check('nothing because', receipt.nothingBecause, null);
  const earned = add([...lines, ...orderCommissions].map(({ commission }) => of(commission)));
  check('base', of(receipt.base), add(lines.map(({ base }) => of(base))));
  check('target', of(receipt.target), nothing ? 0n : shareOf(receipt.split, earned, check));
  check('posted before', of(receipt.alreadyPosted), add(receipt.earlier.map(({ amount }) => of(amount))));
  check('difference', of(receipt.difference), of(receipt.target) - of(receipt.alreadyPosted));
  check('parts', add(receipt.parts.map(({ amount }) => of(amount))), of(receipt.difference));
  const own = receipt.parts.filter(({ reverses }) => reverses === receipt.reverses);
  check('amount', of(receipt.amount), add(own.map(({ amount }) => of(amount))));
}

/** S3: a split commission is divided by largest remainder. */
function shareOf(told, earned, check) {
  if (told === null) return earned;
  const weights = told.shares.map(({ sharePpm }) => BigInt(sharePpm));
  check('what is split', of(told.whole), earned);
  check('the shares together', add(weights), MILLION);
  return split(earned, weights)[told.index];
}

export const listReceipts = (content) => [content].flat().map((item) => item.receipt ?? item);

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  for (const file of argv.slice(2)) {
    for (const receipt of listReceipts(JSON.parse(readFileSync(file, 'utf8')))) {
      const said = findDisagreements(receipt);
      const name = `${file}: order ${receipt.order.number}, version ${receipt.order.version}`;
      stdout.write(`${name}: ${said.length === 0 ? 'agrees' : 'DISAGREES'}\n`);
      for (const line of said) stdout.write(`  ${line}\n`);
      if (said.length > 0) process.exitCode = 1;
    }
  }
}
