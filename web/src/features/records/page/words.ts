import type { Key, PlainKey } from '@/lib/i18n/catalogue';
import { en } from '@/lib/i18n/en';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';

/** What somebody has done, to be said after their name; an event that has no words yet is said by its own name. */
export function doneOf(what: string, told: { readonly label: string }): string {
  const key = `did.${what}` as Key;
  return key in en ? t(key as 'did.created', told) : t('did.other', { what: spokenName(what).toLowerCase(), label: told.label });
}

/** Through which door somebody came. The app and programs come through the same one, so it is not worth a word. */
export function doorOf(door: string | null | undefined): string {
  if (!door || door === 'rest') return '';
  const key = `door.${door}` as PlainKey;
  return key in en ? t(key) : spokenName(door);
}

export function factLabel(name: string): string {
  const key = `fact.${name}` as PlainKey;
  return key in en ? t(key) : spokenName(name);
}

/** What a slice is called to people: `winDeal` is “Win deal” where it has no words of its own. */
export function sliceLabel(name: string): string {
  const key = `slice.${name}` as PlainKey;
  return key in en ? t(key) : spokenName(name);
}
