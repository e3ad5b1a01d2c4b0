import ArrowRight from 'lucide-react/icons/arrow-right';
import type { RecordType } from '@/api/model';
import type { Row } from '@/api/values';
import { labelOf, oneOf } from '@/features/labels';
import { FieldValue } from '@/features/records/fields/FieldValue';
import { t } from '@/lib/i18n/t';
import { Select } from '@/ui/Select';
import type { MappedField, Use, Uses } from './conversion';
import styles from './FieldMap.module.css';

type Props = {
  readonly lead: RecordType;
  readonly row: Row;
  readonly type: RecordType;
  /** The record that is meant, where it is no new one. */
  readonly there: Row | undefined;
  readonly fields: readonly MappedField[];
  readonly uses: Uses;
  readonly set: (key: string, use: Use | undefined) => void;
};

/** Field by field: what the lead says, what is there, and which of it stands there afterwards. */
export function FieldMap({ lead, row, type, there, fields, uses, set }: Props) {
  if (fields.length === 0) return null;
  const kept = fields.filter(({ key, effect }) => effect === 'differs' && uses[key] !== 'replace').length;
  const taken = fields.filter(
    ({ key, effect }) => effect !== 'same' && (effect === 'differs' ? uses[key] === 'replace' : uses[key] !== 'leave'),
  ).length;
  return (
    <details className={styles.map}>
      <summary>
        {t('convert.fieldsOf', { label: oneOf(type) })}
        <span className={styles.counts}>
          {[t('convert.fieldsTaken', { count: taken }), kept > 0 && t('convert.fieldsKept', { count: kept })].filter(Boolean).join(' · ')}
        </span>
      </summary>
      <ul>
        {fields.map(({ key, from, to, effect }) => {
          const [source, label] = [labelOf(lead, from), labelOf(type, to)];
          const isReplaced = effect === 'differs' && uses[key] === 'replace';
          return (
            <li key={key} className={styles.field}>
              <span className={styles.label}>
                {label}
                {source !== label && <small>{t('convert.from', { label: source })}</small>}
              </span>
              <span className={styles.values}>
                {there && (effect === 'differs' || effect === 'added') && (
                  <span className={isReplaced ? styles.gone : undefined}>
                    <FieldValue type={type} field={to} row={there} inList />
                  </span>
                )}
                {effect === 'differs' && !isReplaced && (
                  <span className={styles.says}>
                    {oneOf(lead)}: <FieldValue type={lead} field={from} row={row} inList />
                  </span>
                )}
                {(effect !== 'differs' || isReplaced) && (
                  <span className={uses[key] === 'leave' ? styles.gone : undefined}>
                    {there && (effect === 'added' || isReplaced) && <ArrowRight size={12} aria-label={t('history.to')} />}
                    <FieldValue type={lead} field={from} row={row} inList />
                  </span>
                )}
              </span>
              {effect === 'same' ? (
                <span className={styles.same}>{t('convert.same')}</span>
              ) : (
                <Select<Use | 'usual'>
                  small
                  className={styles.use}
                  label={t('convert.useOf', { label })}
                  value={uses[key] ?? 'usual'}
                  options={[
                    { value: 'usual', label: t(`convert.use.${effect}`) },
                    effect === 'differs'
                      ? { value: 'replace', label: t('convert.use.replace') }
                      : { value: 'leave', label: t('convert.use.leave') },
                  ]}
                  choose={(use) => set(key, use === 'usual' || use === null ? undefined : use)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
