/** A month (`2026-07`) or a quarter of the company's year (`2026-Q3`). */
export type Period = string;

export const isQuarter = (period: Period): boolean => period[5] === 'Q';

export const isPeriod = (text: string | null | undefined): text is Period => /^[12]\d{3}-(Q[1-4]|0[1-9]|1[0-2])$/.test(text ?? '');

/** The quarter or the month that a day is in; a quarter is counted from the month the year begins with, in the year it begins in. */
export function periodOf(day: Date, kind: 'quarter' | 'month', yearBegins = 1): Period {
  const [year, month] = [day.getFullYear(), day.getMonth() + 1];
  if (kind === 'month') return `${year}-${String(month).padStart(2, '0')}`;
  return `${month >= yearBegins ? year : year - 1}-Q${Math.floor(((month - yearBegins + 12) % 12) / 3) + 1}`;
}

/** The one after, or before. */
export function stepped(period: Period, by: 1 | -1): Period {
  const year = Number(period.slice(0, 4));
  const [count, at] = isQuarter(period) ? [4, Number(period[6])] : [12, Number(period.slice(5))];
  const next = year * count + at - 1 + by;
  const [nextYear, place] = [Math.floor(next / count), (next % count) + 1];
  return isQuarter(period) ? `${nextYear}-Q${place}` : `${nextYear}-${String(place).padStart(2, '0')}`;
}

/** A day some days ago, as it is written. */
export function dayAgo(days: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}
