import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { learn } from '@/lib/i18n/t';
import { preferences } from '@/lib/preferences';
import { wordsOf } from './wording';

const speak = (language: 'en' | 'de') => preferences.set({ ...preferences.get(), language });
const broken = (rule: object, message = 'lastName does not fit.') =>
  wordsOf({ code: 'invalid', field: 'lastName', message, facts: { broken: rule } });

describe('What is refused', () => {
  beforeEach(async () => {
    await learn('de');
    speak('de');
  });
  afterEach(() => speak('en'));

  it('is said in the language of the person, with its bounds', () => {
    expect(broken({ rule: 'required' })).toBe('Das wird gebraucht.');
    expect(broken({ rule: 'length', max: 1200 })).toBe('Höchstens 1.200 Zeichen.');
    expect(broken({ rule: 'length', min: 2, max: 5 })).toBe('2 bis 5 Zeichen.');
    expect(broken({ rule: 'range', min: 0, max: 100.5 })).toBe('Zwischen 0 und 100,5.');
    expect(broken({ rule: 'range', min: 1 })).toBe('Mindestens 1.');
    expect(broken({ rule: 'choice', allowed: ['Preis', 'Zeit'] })).toBe('Eines davon: Preis, Zeit.');
    expect(broken({ rule: 'kind', kind: 'date' })).toBe('Hier steht ein Tag.');
  });

  it('is said by its code where it is about all of it', () => {
    expect(wordsOf({ code: 'moved_meanwhile', message: 'Faster.', facts: { current: { stage: 'Angebot' } } })).toBe(
      'Jemand war schneller: Das Geschäft ist jetzt in Angebot.',
    );
    expect(wordsOf({ code: 'not_allowed', message: 'No.', facts: { record: 'deal', deed: 'update' } })).toBe(
      'Ihre Rollen erlauben nicht, das zu ändern.',
    );
  });

  it('is what the server says where only it can say it', () => {
    expect(broken({ rule: 'heldByMoon' }, 'The moon is full.')).toBe('The moon is full.');
    expect(wordsOf({ code: 'invalid', message: 'Two columns are one.' })).toBe('Two columns are one.');
  });
});
