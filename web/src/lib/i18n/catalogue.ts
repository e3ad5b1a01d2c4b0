import type { en } from './en';

export type Plural = { readonly one: string; readonly other: string };
export type Message = string | Plural;
export type Key = keyof typeof en;

/** What every language has: all keys, and a plural where English has one. */
export type Catalogue = { readonly [K in Key]: (typeof en)[K] extends Plural ? Plural : string };

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesOf<M> = M extends string ? Names<M> : M extends Plural ? Names<M['one'] | M['other']> | 'count' : never;

/** What a text has to be told: nothing, or each name in its braces. */
export type Told<K extends Key> = [NamesOf<(typeof en)[K]>] extends [never]
  ? []
  : [values: Record<NamesOf<(typeof en)[K]>, string | number>];

/** Keys of texts that have to be told nothing. */
export type PlainKey = { [K in Key]: [NamesOf<(typeof en)[K]>] extends [never] ? K : never }[Key];
