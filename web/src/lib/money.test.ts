import { describe, expect, it } from 'vitest';
import { parseMoney, writeMoney } from './money';

describe('An amount as people write it', () => {
  it.each([
    ['1,234.50', 'en', '1234.50 EUR'],
    ['€1,234.50', 'en', '1234.50 EUR'],
    ['CA$ 5', 'en', '5 CAD'],
    ['$5', 'en', '5 USD'],
    ['12.50 CHF', 'en', '12.50 CHF'],
    ['usd 12', 'en', '12 USD'],
    ['1.234,50 €', 'de', '1234.50 EUR'],
    ['1234.5', 'de', '1234.5 EUR'],
    ['5 $', 'de', '5 USD'],
    ['a lot', 'en', undefined],
    ['EUR', 'en', undefined],
    ['5 apples', 'en', undefined],
  ])('%s in %s', (text, language, said) => {
    const money = parseMoney(text, language);
    expect(money && `${money.amount} ${money.currency}`).toBe(said);
  });

  it('has the currency it had, where it says none', () => expect(parseMoney('5', 'en', 'GBP')?.currency).toBe('GBP'));
  it('is written so that it is read again', () =>
    expect(parseMoney(writeMoney({ amount: '1234.5', currency: 'SEK' }, 'de'), 'de')).toEqual({ amount: '1234.5', currency: 'SEK' }));
});
