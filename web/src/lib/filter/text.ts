/** A text as the language of filters writes it. */
export const quoted = (text: string): string =>
  `"${text.replace(/["\\\n\r\t]/g, (sign) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign] ?? `\\${sign}`)}"`;

const words = new Set(
  'and or not in has any all none is null between true false me myteam today yesterday tomorrow now count sum min max avg'.split(' '),
);

/** A field's name; one that is a word of the language stands in backticks. */
export const named = (name: string): string => (words.has(name.toLowerCase()) ? `\`${name}\`` : name);
