import { formatNumber } from '@/lib/format';
import type { PlainKey } from '@/lib/i18n/catalogue';
import { t } from '@/lib/i18n/t';
import type { Problem } from './problems';

/** Which rule a value breaks, and within which bounds it would keep to it. */
export type BrokenRule = {
  readonly rule: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
  readonly kind?: string;
};

type Facts = {
  readonly broken?: BrokenRule;
  readonly deed?: string;
  readonly roles?: readonly string[];
  readonly stage?: { readonly name: string };
  readonly current?: { readonly stage?: string };
};

/** What a problem means, in the words of the person; the server's own where only it can say it. */
export function wordsOf({ code, message, facts }: Problem): string {
  const known = (facts ?? {}) as Facts;
  return (known.broken && ofRule(known.broken)) || ofCode(code, known) || message;
}

const rules: Readonly<Record<string, PlainKey>> = {
  required: 'change.required',
  signs: 'refused.signs',
  taken: 'refused.taken',
  missing: 'refused.missing',
  loop: 'refused.loop',
  unknown: 'refused.unknown',
  fixed: 'refused.fixed',
  notYours: 'refused.notYours',
  retired: 'refused.retired',
  email: 'refused.email',
  phone: 'refused.phone',
  url: 'refused.url',
  domain: 'refused.domain',
  zone: 'refused.zone',
  either: 'refused.either',
  lines: 'refused.lines',
};

const kinds: Readonly<Record<string, PlainKey>> = {
  integer: 'refused.integer',
  number: 'refused.number',
  money: 'refused.money',
  date: 'refused.date',
  instant: 'refused.instant',
};

function ofRule({ rule, min, max, allowed, kind }: BrokenRule): string | undefined {
  switch (rule) {
    case 'length':
      if (max === undefined) return min === undefined ? undefined : t('refused.longer', { count: min });
      return min === undefined ? t('refused.shorter', { count: max }) : t('refused.length', { min, max });
    case 'range':
      if (max === undefined) return min === undefined ? undefined : t('refused.atLeast', { min: formatNumber(min) });
      return min === undefined
        ? t('refused.atMost', { max: formatNumber(max) })
        : t('refused.between', { min: formatNumber(min), max: formatNumber(max) });
    case 'items':
      return max === undefined ? undefined : t('refused.items', { count: max });
    case 'itemLength':
      return max === undefined ? undefined : t('refused.itemLength', { max });
    case 'choice':
      return allowed?.length ? t('refused.choice', { values: allowed.join(', ') }) : t('refused.noChoice');
    case 'currency':
      return t('refused.currency', { currency: allowed?.[0] ?? '' });
    case 'kind':
      return t(kinds[kind ?? ''] ?? 'refused.kind');
    default:
      return rules[rule] && t(rules[rule]);
  }
}

const codes: Readonly<Record<string, PlainKey>> = {
  duplicate: 'refused.taken',
  possible_duplicate: 'refused.seemsThere',
  invalid_reference: 'refused.missing',
  changed_meanwhile: 'fail.conflict',
  conflict: 'fail.conflict',
  stale: 'fail.conflict',
  not_found: 'fail.gone',
  merged: 'fail.gone',
  not_yours: 'fail.forbidden',
  scope_missing: 'fail.forbidden',
  in_use: 'refused.inUse',
  has_parts: 'refused.hasParts',
  open_already: 'refused.openAlready',
  already_converted: 'refused.convertedAlready',
  no_stage: 'refused.noStage',
  no_pipeline: 'refused.noPipeline',
  not_qualified: 'refused.notQualified',
  convert: 'refused.convert',
  changed_since: 'undo.changedText',
  still_running: 'refused.stillRunning',
  last_administrator: 'refused.lastAdministrator',
  is_active: 'refused.isActive',
  is_deactivated: 'refused.isDeactivated',
  was_revoked: 'refused.wasRevoked',
  not_revoked: 'refused.notRevoked',
  has_ended: 'refused.hasEnded',
  no_secret: 'refused.noSecret',
  too_large: 'refused.tooLarge',
  rate_limited: 'fail.busy',
  busy: 'fail.busy',
  starting: 'fail.busy',
  timed_out: 'fail.busy',
  database_unavailable: 'fail.busy',
  service_unavailable: 'fail.busy',
  internal: 'fail.failed',
};

const deeds: Readonly<Record<string, PlainKey>> = {
  create: 'refused.mayNotCreate',
  read: 'refused.mayNotRead',
  update: 'refused.mayNotUpdate',
  delete: 'refused.mayNotDelete',
};

function ofCode(code: string, { deed, roles, stage, current }: Facts): string | undefined {
  switch (code) {
    case 'not_allowed':
    case 'forbidden':
      if (roles && stage) return t('refused.stageOfRoles', { roles: roles.join(', '), stage: stage.name });
      return t(deeds[deed ?? ''] ?? 'fail.forbidden');
    case 'moved_meanwhile':
      return current?.stage ? t('refused.moved', { stage: current.stage }) : t('fail.conflict');
    case 'missing_fields':
      return stage && t('refused.notReady', { stage: stage.name });
    default:
      return codes[code] && t(codes[code]);
  }
}
