import { expect, it } from 'vitest';
import type { Message } from './catalogue';
import { de } from './de';
import { en } from './en';
import { say } from './t';

const names = (message: Message) => [...new Set(JSON.stringify(message).match(/\{(\w+)\}/g) ?? [])].sort();

it('says the plural of the language', () => {
  const records = en['list.count'];
  expect(say(records, 'en', { count: 1 })).toBe('1 record');
  expect(say(records, 'en', { count: 12431 })).toBe('12,431 records');
  expect(say(de['list.count'], 'de', { count: 12431 })).toBe('12.431 Datensätze');
});

it('is told the same in every language', () => {
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(names(de[key]), key).toEqual(names(en[key]));
});
