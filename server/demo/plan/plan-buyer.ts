import type { Buyer } from './month-plan.ts';
import type { SeededRandom } from './seeded-random.ts';

const FIRST_NAMES = ['Alva', 'Boris', 'Celine', 'Dario', 'Elif', 'Felix', 'Gwen', 'Hamid', 'Iris', 'Jakob'];
const LAST_NAMES = ['Albrecht', 'Bakker', 'Castellan', 'Dufresne', 'Eriksen', 'Ferrante', 'Grabowski'];
const STREETS = ['Harbour Lane', 'Mill Road', 'Station Street', 'Garden Way', 'Church Hill'];
const HOMES = [
  { city: 'Antwerp', country: 'BE', postcode: 2000 },
  { city: 'Kyoto', country: 'JP', postcode: 6008 },
  { city: 'Lisbon', country: 'PT', postcode: 1100 },
  { city: 'Vienna', country: 'AT', postcode: 1010 },
];
const FIRST_CUSTOMER_ID = 60_000;

/** A buyer who is like nobody else: the number is part of the e-mail address and of the street. */
export function planBuyer(number: number, random: SeededRandom): Buyer {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const { city, country, postcode } = random.pick(HOMES);
  return {
    customerId: FIRST_CUSTOMER_ID + number,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${number}@buyers.example`.toLowerCase(),
    street: `${random.pick(STREETS)} ${number}`,
    city,
    postcode: String(postcode + random.integer(0, 99)),
    country,
  };
}
