import type { RecordType } from '@/api/model';
import type { Problem, Refusal } from '@/api/problems';
import { t } from '@/lib/i18n/t';
import { choiceLabel, fieldLabel } from './labels';

/** `emails.0.address` and `emails[0]` are said of `emails`. */
export const isAbout = (field: string | null | undefined, name: string): boolean =>
  field === name || Boolean(field?.startsWith(`${name}.`) || field?.startsWith(`${name}[`));

/** What is wrong with a field, to be said beside it. */
export const saidOf = (refusal: Refusal | undefined, name: string): string | null =>
  refusal?.problems
    .filter((problem) => isAbout(problem.field, name))
    .map((problem) => problem.message)
    .join(' ') || null;

/** What is wrong with all of it, or with fields that are not shown: each of these by its label. */
export const saidElsewhere = (refusal: Refusal, shown: readonly string[], type?: RecordType): readonly string[] => [
  ...new Set(
    refusal.problems
      .filter((problem) => !shown.some((name) => isAbout(problem.field, name)))
      .map((problem) => (problem.field ? `${fieldLabel(type, problem.field)}: ${problem.message}` : wholeOf(problem, type))),
  ),
];

/** What a refusal means to a person, in one sentence. */
export function sentenceOf(refusal: Refusal, type?: RecordType): string {
  if (refusal.kind === 'offline') return t('fail.offline');
  if (refusal.kind === 'invalid' || refusal.problems.length) return saidElsewhere(refusal, [], type).join(' ') || t('fail.invalid');
  return t(`fail.${refusal.kind}`);
}

type Step = { readonly from?: string; readonly to?: string; readonly allowed?: readonly string[]; readonly roles?: readonly string[] };

// From where to where a record does not go, by what people call its states.
function wholeOf({ code, message, facts }: Problem, type: RecordType | undefined): string {
  const { from, to, allowed = [], roles = [] } = (facts ?? {}) as Step;
  if (code !== 'transition_not_allowed' || !from || !to) return message;
  const field = type?.field('status');
  const state = (value: string) =>
    type && field?.choices?.some((choice) => choice.value === value) ? choiceLabel(type, field, value) : value;
  const ends = { from: state(from), to: state(to) };
  if (roles.length) return t('refused.stepOfRoles', { ...ends, roles: roles.join(', ') });
  return allowed.length ? t('refused.steps', { ...ends, allowed: allowed.map(state).join(', ') }) : t('refused.step', ends);
}
