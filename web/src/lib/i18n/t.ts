import { preferences } from '../preferences';
import type { Catalogue, Key, Message, Told } from './catalogue';
import { en } from './en';

const catalogues: { en: Catalogue; de?: Catalogue } = { en };

/** Other languages than English are fetched when somebody speaks them. */
export async function learn(language: string) {
  if (language === 'de') catalogues.de ??= (await import('./de')).de;
}

/** A text in the language of the person. */
export function t<K extends Key>(key: K, ...told: Told<K>): string {
  const { language } = preferences.get();
  return say((catalogues[language] ?? en)[key], language, told[0]);
}

export function say(message: Message, language: string, values: Record<string, string | number> = {}): string {
  const text = typeof message === 'string' ? message : message[pluralOf(language, Number(values.count))];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : (value ?? '');
  });
}

const rules = new Map<string, Intl.PluralRules>();

function pluralOf(language: string, count: number): 'one' | 'other' {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known.select(count) === 'one' ? 'one' : 'other';
}
