import type { Draft, How } from '@/api/imports';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Field } from '@/ui/Field';
import { FramedTable } from '@/ui/FramedTable';
import { Select } from '@/ui/Select';
import { mapped, mappedTwice, matchesOf, type Policy, policyOf, targetLabel, targetsOf, withPolicy } from './how';
import styles from './Import.module.css';

type Props = {
  readonly type: RecordType;
  readonly draft: Draft;
  readonly how: How;
  readonly refusal: Refusal | undefined;
  readonly set: (how: How) => void;
  readonly check: () => void;
  readonly another: () => void;
};

/** What each column becomes, and what is done with rows whose record is there. */
export function Mapping({ type, draft, how, refusal, set, check, another }: Props) {
  const headers = Object.keys(draft.mapping);
  const twice = mappedTwice(how);
  const isNothing = headers.every((header) => how.mapping[header] === null);
  const changes = how.mode !== 'create';
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (twice.size === 0 && !isNothing) check();
      }}
    >
      <Match type={type} how={how} set={set} />
      <FramedTable className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('import.column')}</th>
            <th scope="col">{t('import.field')}</th>
            {changes && <th scope="col">{t('import.ifThere')}</th>}
          </tr>
        </thead>
        <tbody>
          {headers.map((header) => {
            const name = how.mapping[header] ?? null;
            const isTwice = name !== null && twice.has(name);
            return (
              <tr key={header}>
                <th scope="row">
                  <span className={styles.header}>{header}</span>
                  <span className={styles.sample}>{samplesOf(draft, header)}</span>
                </th>
                <td>
                  <Combobox
                    label={t('import.fieldOf', { header })}
                    placeholder={t('import.nothing')}
                    invalid={isTwice}
                    value={name === null ? null : { value: name, label: targetLabel(type, name) }}
                    items={targetsOf(type, header)}
                    choose={(next) => set(mapped(type, how, header, next?.value ?? null))}
                  />
                  {isTwice && (
                    <span className={styles.problem} role="alert">
                      {t('import.twice')}
                    </span>
                  )}
                </td>
                {changes && (
                  <td>
                    {name !== null && name !== how.match && name !== 'id' && (
                      <Select<Policy>
                        label={t('import.policyOf', { label: targetLabel(type, name) })}
                        value={policyOf(how, name)}
                        options={(['set', 'ifEmpty', 'erase'] as const).map((value) => ({ value, label: t(`import.${value}`) }))}
                        choose={(next) => next && set(withPolicy(how, name, next))}
                      />
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </FramedTable>
      {(refusal || isNothing) && (
        <p className={styles.problem} role="alert">
          {refusal ? sentenceOf(refusal) : t('import.none')}
        </p>
      )}
      <footer className={styles.footer}>
        <Button onClick={another}>{t('import.another')}</Button>
        <Button type="submit" look="primary" disabled={twice.size > 0 || isNothing}>
          {t('import.tryOut')}
        </Button>
      </footer>
    </form>
  );
}

/** By what rows find records that are there, and what is done then. */
function Match({ type, how, set }: Pick<Props, 'type' | 'how' | 'set'>) {
  const choose = (match: string | null) =>
    set(
      match
        ? { ...how, match, mode: how.match ? how.mode : 'both' }
        : { ...how, match: undefined, mode: 'create', onlyIfEmpty: [], blankErases: [] },
    );
  return (
    <div className={styles.how}>
      <Field label={t('import.match')}>
        {({ id }) => (
          <Select id={id} value={how.match ?? null} none={t('import.matchNone')} options={matchesOf(type, how)} choose={choose} />
        )}
      </Field>
      {how.match && (
        <Field label={t('import.mode')}>
          {({ id }) => (
            <Select<How['mode']>
              id={id}
              value={how.mode}
              options={(['both', 'update', 'create'] as const).map((value) => ({ value, label: t(`import.${value}`) }))}
              choose={(next) => next && set({ ...how, mode: next, ...(next === 'create' && { onlyIfEmpty: [], blankErases: [] }) })}
            />
          )}
        </Field>
      )}
    </div>
  );
}

const samplesOf = ({ sample }: Draft, header: string) =>
  [...new Set(sample.map((row) => row[header]).filter((value): value is string => Boolean(value)))].slice(0, 3).join(' · ');
