import { describe, expect, it } from 'vitest';
import { parseDate, parseInstant, writeInstant } from './dates';

describe('A day as people write it', () => {
  it.each([
    ['2026-01-31', 'en', 'en-US', '2026-01-31'],
    ['2026/1/3', 'en', 'en-US', '2026-01-03'],
    ['1/3/2026', 'en', 'en-US', '2026-01-03'],
    ['1/3/2026', 'en', 'en-GB', '2026-03-01'],
    ['31.1.26', 'en', 'en-US', '2026-01-31'],
    ['31.01.2026', 'de', 'de-DE', '2026-01-31'],
    ['1. 2. 2026', 'de', 'de-DE', '2026-02-01'],
    ['12/31/69', 'en', 'en-US', '2069-12-31'],
    ['12/31/70', 'en', 'en-US', '1970-12-31'],
    ['Jan 31, 2026', 'en', 'en-US', '2026-01-31'],
    ['31 January 2026', 'en', 'en-GB', '2026-01-31'],
    ['31. März 2026', 'de', 'de-DE', '2026-03-31'],
    ['Mar 31, 2026', 'de', 'de-DE', '2026-03-31'],
    ['31/1/2026', 'en', 'en-US', undefined],
    ['2026-02-30', 'en', 'en-US', undefined],
    ['30.02.2026', 'de', 'de-DE', undefined],
    ['tomorrow', 'en', 'en-US', undefined],
    ['1234', 'en', 'en-US', undefined],
    ['', 'en', 'en-US', undefined],
  ])('%s in %s (%s)', (text, language, locale, day) => expect(parseDate(text, language, locale)).toBe(day));
});

describe('A moment as people write it', () => {
  const local = (...parts: [number, number, number, number, number, number?]) => new Date(...parts).toISOString();
  it.each([
    ['2026-01-31T12:00:00Z', 'en', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00+01:00', 'en', '2026-01-31T11:00:00.000Z'],
    ['2026-01-31 14:30', 'en', local(2026, 0, 31, 14, 30)],
    ['Jan 31, 2026, 2:30\u202fPM', 'en', local(2026, 0, 31, 14, 30)],
    ['31.01.2026, 14:30', 'de', local(2026, 0, 31, 14, 30)],
    ['31.01.2026', 'de', local(2026, 0, 31, 0, 0)],
    ['1/31/2026 12:05 am', 'en', local(2026, 0, 31, 0, 5)],
    ['31.01.2026 25:00', 'de', undefined],
    ['14:30', 'de', undefined],
    ['2026-13-01T00:00:00Z', 'en', undefined],
  ])('%s in %s', (text, language, at) => expect(parseInstant(text, language, language === 'de' ? 'de-DE' : 'en-US')).toBe(at));

  it('is written so that it is read again', () =>
    expect(parseInstant(writeInstant('2026-07-05T09:08:07.000Z'), 'en')).toBe('2026-07-05T09:08:07.000Z'));
});
