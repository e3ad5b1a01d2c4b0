import { describe, expect, it } from 'vitest';
import { countriesIn } from './countries';
import { nameOf } from './keys';
import { parseDecimal, writeDecimal } from './parse';
import { spokenName } from './words';

describe('A number as people write it', () => {
  it.each([
    ['1,234.5', 'en', '1234.5'],
    ['1.234,5', 'de', '1234.5'],
    ['1 234,5', 'de', '1234.5'],
    ['-0.10', 'en', '-0.10'],
    ['123456789012345678.90', 'en', '123456789012345678.90'],
    ['.5', 'en', '.5'],
    ['1234.5', 'de', '1234.5'],
    ['1.234', 'de', '1234'],
    ['1.23', 'de', '1.23'],
    ['1,5', 'en', undefined],
    ['1,2,3', 'en', undefined],
    ['1,00,000', 'en', '100000'],
    ['1,234', 'en', '1234'],
    ['\u22125', 'en', '-5'],
    ['12x', 'en', undefined],
    ['', 'en', undefined],
  ])('%s in %s', (text, language, digits) => expect(parseDecimal(text, language)).toBe(digits));

  it('is written so that it is read again', () => expect(parseDecimal(writeDecimal('1234.5', 'de'), 'de')).toBe('1234.5'));
});

describe('A press of keys', () => {
  const press = (key: string, held = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  it('has one name on every system', () => {
    expect(press('k', { ctrlKey: true })).toBe('mod+k');
    expect(press('k', { metaKey: true })).toBe('mod+k');
  });

  it('counts Shift where it does not make another sign', () => {
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('ArrowDown', { shiftKey: true })).toBe('shift+arrowdown');
  });
});

it('A name is spoken as words', () => expect(spokenName('postalCode')).toBe('Postal code'));

describe('Countries', () => {
  it.each(['en', 'de'])('all have a name in %s, and its order', (language) => {
    const countries = countriesIn(language);
    expect(countries.filter(({ code, name }) => name === code)).toEqual([]);
    expect(new Set(countries.map(({ name }) => name)).size).toBe(249);
    expect(countries.map(({ name }) => name)).toEqual(countries.map(({ name }) => name).sort(new Intl.Collator(language).compare));
  });

  it('are named as people say them', () => {
    expect(countriesIn('de').find(({ code }) => code === 'AT')?.name).toBe('Österreich');
  });
});
