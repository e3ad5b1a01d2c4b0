import type { Money } from './format';
import { parseDecimal, writeDecimal } from './parse';

export const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'JPY', 'CAD', 'AUD'];

/** The currency of an amount that has none yet. */
export const usualCurrency = 'EUR';

const signs = new Map<string, readonly (readonly [sign: string, code: string])[]>();

// The longest first: `CA$` is no `$`.
function signsOf(language: string) {
  const known = signs.get(language);
  if (known) return known;
  const found = currencies
    .map((code) => {
      const parts = new Intl.NumberFormat(language, { style: 'currency', currency: code }).formatToParts(1);
      return [parts.find((part) => part.type === 'currency')?.value ?? code, code] as const;
    })
    .filter(([sign, code]) => sign !== code)
    .sort(([a], [b]) => b.length - a.length);
  signs.set(language, found);
  return found;
}

/** An amount as somebody writes it, with a code or a sign of its currency before or behind it, or with none: then it is in `currency`. */
export function parseMoney(text: string, language: string, currency: string = usualCurrency): Money | undefined {
  const trimmed = text.trim();
  const code = /^([A-Za-z]{3})(?![A-Za-z])/.exec(trimmed) ?? /(?<![A-Za-z])([A-Za-z]{3})$/.exec(trimmed);
  const sign = code ? undefined : signsOf(language).find(([one]) => trimmed.includes(one));
  const amount = parseDecimal(trimmed.replace(code?.[0] ?? sign?.[0] ?? '', ''), language);
  return amount === undefined ? undefined : { amount, currency: code?.[1]?.toUpperCase() ?? sign?.[1] ?? currency };
}

/** An amount as a program reads it that speaks the person's language. */
export const writeMoney = ({ amount, currency }: Money, language: string): string => `${writeDecimal(amount, language)} ${currency}`;
