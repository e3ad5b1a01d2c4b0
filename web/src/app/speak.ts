import { learnWords } from '@/features/labels';
import { learn } from '@/lib/i18n/t';

/** All that is said in a language; settled as soon as it can be said. */
export const speak = (language: string): Promise<unknown> => Promise.allSettled([learn(language), learnWords(language)]);
