type Part = 'day' | 'month' | 'year';

/** The language of the person as they speak it where they live: who speaks English in London begins a date with the day. */
export const localeOf = (language: string): string =>
  globalThis.navigator?.languages?.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;

const orderOf = (locale: string): Part[] =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' })
    .formatToParts(Date.UTC(2001, 1, 3))
    .flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []));

const known = new Map<string, Map<string, number>>();

function monthsOf(language: string): ReadonlyMap<string, number> {
  const months = known.get(language) ?? new Map<string, number>();
  if (months.size === 0)
    for (const style of ['long', 'short'] as const)
      for (let i = 0; i < 12; i++)
        months.set(plain(new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' }).format(Date.UTC(2001, i, 1))), i + 1);
  known.set(language, months);
  return months;
}

const plain = (word: string) => word.toLowerCase().replaceAll('.', '');

/** A day as somebody writes it where they live, or as programs do; undefined where it is none. What could be two days is read as people there read it. */
export function parseDate(text: string, language: string, locale = localeOf(language)): string | undefined {
  const said = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  // With points in between, the day comes first everywhere.
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{2,4})$/.exec(said);
  if (dotted) return ordered(['day', 'month', 'year'], dotted.slice(1));
  const digits = /^(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})$/.exec(said);
  if (digits) {
    const [, first = '', , second = '', third = ''] = digits;
    return ordered(first.length === 4 ? ['year', 'month', 'day'] : orderOf(locale), [first, second, third]);
  }
  const words = said.split(/[ ,]+/).filter(Boolean);
  const months = new Map([...monthsOf('en'), ...monthsOf(language)]);
  const month = words.map((word) => months.get(plain(word))).find((one) => one !== undefined);
  const numbers = words.filter((word) => !months.has(plain(word))).map((word) => word.replace(/(st|nd|rd|th|\.)$/, ''));
  const [day, year] = numbers;
  if (month === undefined || numbers.length !== 2 || words.length !== 3 || !/^\d{1,2}$/.test(day ?? '') || !/^\d{4}$/.test(year ?? ''))
    return undefined;
  return dayOf(year ?? '', String(month), day ?? '');
}

function ordered(order: readonly Part[], numbers: readonly string[]): string | undefined {
  const of = (part: Part) => numbers[order.indexOf(part)] ?? '';
  return dayOf(of('year'), of('month'), of('day'));
}

function dayOf(year: string, month: string, day: string): string | undefined {
  if (!/^(\d{2}|\d{4})$/.test(year)) return undefined;
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  const at = new Date(Date.UTC(full, Number(month) - 1, Number(day)));
  at.setUTCFullYear(full);
  return at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(day) ? at.toISOString().slice(0, 10) : undefined;
}

/** A moment as somebody writes it, in the zone of this device where it names none; a day alone begins at midnight. */
export function parseInstant(text: string, language: string, locale = localeOf(language)): string | undefined {
  const said = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(said)) {
    const at = Date.parse(said.replace(' ', 'T'));
    return Number.isNaN(at) ? undefined : new Date(at).toISOString();
  }
  const time = /(?:[ ,T]|^)+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?: ?([ap])\.?m\.?)?$/i.exec(said);
  const day = parseDate((time ? said.slice(0, time.index) : said).replace(/,?( at| um)?$/, ''), language, locale);
  if (day === undefined) return undefined;
  const half = time?.[4]?.toLowerCase();
  const told = Number(time?.[1] ?? 0);
  const hour = half ? (told % 12) + (half === 'p' ? 12 : 0) : told;
  const [minute, second] = [Number(time?.[2] ?? 0), Number(time?.[3] ?? 0)];
  if (hour > 23 || (half && (told < 1 || told > 12)) || minute > 59 || second > 59) return undefined;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date, hour, minute, second);
  return at.toISOString();
}

const two = (part: number) => String(part).padStart(2, '0');

/** A moment on this device's clock, as programs read it. */
export function writeInstant(instant: string): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
