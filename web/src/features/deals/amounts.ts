import { formatMoney } from '@/lib/format';
import { preferences } from '@/lib/preferences';

const made = new Map<string, Intl.NumberFormat>();

/** A sum in few signs: €3.1M. All of it is said where the pointer rests. */
export function formatShort(amount: string | number, currency: string): string {
  const { language } = preferences.get();
  const key = `${language} ${currency}`;
  try {
    const format =
      made.get(key) ?? new Intl.NumberFormat(language, { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 });
    made.set(key, format);
    return format.format(Number(amount));
  } catch {
    return formatMoney({ amount: String(amount), currency });
  }
}

/** A sum in the currency that is reported in. */
export const formatSum = (amount: string | number, currency: string): string => formatMoney({ amount: String(amount), currency });
