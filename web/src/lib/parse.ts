const separators = new Map<string, { group: string; decimal: string }>();

function separatorsOf(language: string) {
  const known = separators.get(language);
  if (known) return known;
  const parts = new Intl.NumberFormat(language).formatToParts(12345.6);
  const found = {
    group: parts.find((part) => part.type === 'group')?.value ?? '',
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
  };
  separators.set(language, found);
  return found;
}

/**
 * A number as somebody writes it in their language, as digits with a point; undefined where it is none. What makes no sense as a grouping may have
 * its point in every language.
 */
export function parseDecimal(text: string, language: string): string | undefined {
  const { group, decimal } = separatorsOf(language);
  const bare = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^\u2212/, '-');
  const [whole = '', ...rest] = bare.split(decimal);
  const isGrouped = group !== '' && rest.length < 2 && new RegExp(`^[+-]?\\d{1,3}(\\${group}\\d{2,3})*\\${group}\\d{3}$`).test(whole);
  const digits = isGrouped
    ? [whole.replaceAll(group, ''), ...rest].join('.')
    : bare.includes(group || ' ')
      ? bare
      : bare.replace(decimal, '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? digits.replace(/^\+/, '') : undefined;
}

/** Digits with a point as somebody would write them in their language, for an input. */
export const writeDecimal = (digits: string | number, language: string): string =>
  String(digits).replace('.', separatorsOf(language).decimal);
