import { preferences } from './preferences';

export type Money = { amount: string; currency: string };

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

// Making a formatter costs more than using it a thousand times.
function kept<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(key: string, make: (language: string) => T): T {
  const { language } = preferences.get();
  const name = `${language} ${key}`;
  const known = (made.get(name) as T | undefined) ?? make(language);
  made.set(name, known);
  return known;
}

/** The zone days begin in: this device's. */
export const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Digits are kept as they came: a text is formatted without passing through a floating-point number. */
const digits = (value: string | number) => value as unknown as number;

export function formatNumber(value: string | number): string {
  return kept('number', (l) => new Intl.NumberFormat(l, { maximumFractionDigits: 10 })).format(digits(value));
}

export function formatCount(value: number): string {
  return kept('count', (l) => new Intl.NumberFormat(l)).format(value);
}

export function formatMoney({ amount, currency }: Money): string {
  try {
    return kept(
      `money ${currency}`,
      (l) => new Intl.NumberFormat(l, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }),
    ).format(digits(amount));
  } catch {
    return `${formatNumber(amount)} ${currency}`;
  }
}

/** A day has no zone: it is the same day everywhere. */
export function formatDate(day: string): string {
  return kept('date', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeZone: 'UTC' })).format(new Date(`${day}T00:00:00Z`));
}

export function formatInstant(instant: string): string {
  return kept('instant', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short' })).format(new Date(instant));
}

/** The day of a moment, with the day of the week. */
export function formatDay(instant: string): string {
  return kept('day', (l) => new Intl.DateTimeFormat(l, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })).format(
    new Date(instant),
  );
}

export function formatTime(instant: string): string {
  return kept('time', (l) => new Intl.DateTimeFormat(l, { timeStyle: 'short' })).format(new Date(instant));
}

/** All of a moment, with its zone: what is shown when the pointer rests on it. */
export function formatInstantFully(instant: string): string {
  return kept('fully', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'full', timeStyle: 'long' })).format(new Date(instant));
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export function formatAgo(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const format = kept('ago', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto', style: 'short' }));
  const step = steps.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second');
}
