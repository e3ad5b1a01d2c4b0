import ChevronDown from 'lucide-react/icons/chevron-down';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { navOf } from '@/features/nouns';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { FieldRights } from './FieldRights';
import styles from './RoleForm.module.css';
import { any, deeds, type Grant, grantFor, reaches, withGrant } from './role';

type Props = { readonly records: readonly Grant[]; readonly readOnly?: boolean; readonly set: (records: readonly Grant[]) => void };

/** With which records which deeds are allowed. A type of which nothing is said goes by the first row. */
export function Matrix({ records, readOnly, set }: Props) {
  const model = useModel();
  const [isWhole, setWhole] = useState(false);
  const [fieldsOf, setFieldsOf] = useState<RecordType | undefined>();
  const { daily, more } = navOf(model);
  const named = (type: RecordType) => records.some((grant) => grant.record === type.record);
  const worked = [...daily, ...more];
  const rest = model.types.filter((type) => !worked.includes(type));
  const shown = [...worked, ...rest.filter((type) => isWhole || named(type))];
  const options = reaches.map((reach) => ({ value: reach, label: t(`set.reach.${reach}`) }));
  const row = (record: string, label: string, type?: RecordType) => {
    const grant = grantFor(records, record);
    const isNamed = records.some((one) => one.record === record);
    const less = grant.fields.filter((field) => field.right !== 'full').length;
    const seen = less ? t('set.fewer', { count: less }) : t('set.allFields');
    return (
      <tr key={record}>
        <th scope="row">{label}</th>
        {deeds.map((deed) => (
          <td key={deed}>
            <Select
              small
              disabled={readOnly}
              label={`${label}: ${t(`set.deed.${deed}`)}`}
              className={cx(styles.reach, !isNamed && styles.inherited, grant[deed] === 'none' && styles.none)}
              value={grant[deed]}
              options={options}
              choose={(reach) => reach && set(withGrant(records, record, { [deed]: reach }))}
            />
          </td>
        ))}
        <td className={styles.tools}>
          <span>
            {type && (
              <Button
                small
                look={less ? 'plain' : 'quiet'}
                onClick={() => setFieldsOf(type)}
                aria-label={`${t('set.fieldsOf', { label })}: ${seen}`}
              >
                {seen}
              </Button>
            )}
            {type && isNamed && !readOnly && (
              <IconButton
                label={t('set.asOthers', { label })}
                icon={RotateCcw}
                onClick={() => set(records.filter((one) => one.record !== record))}
              />
            )}
          </span>
        </td>
      </tr>
    );
  };
  return (
    <>
      {/* Where nothing in it can be changed, who has no pointer scrolls it by keys. */}
      <div className={styles.scroll} tabIndex={readOnly ? 0 : undefined}>
        <table className={styles.matrix} aria-label={t('set.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('set.type')}</th>
              {deeds.map((deed) => (
                <th key={deed} scope="col">
                  {t(`set.deed.${deed}`)}
                </th>
              ))}
              <th scope="col">{t('set.fields')}</th>
            </tr>
          </thead>
          <tbody>
            {row(any, t('set.otherTypes'))}
            {shown.map((type) => row(type.record, manyOf(type), type))}
          </tbody>
        </table>
        {!isWhole && (
          <div className={styles.more}>
            <Button small look="quiet" icon={ChevronDown} onClick={() => setWhole(true)}>
              {t('set.allTypes')}
            </Button>
          </div>
        )}
      </div>
      {fieldsOf && (
        <FieldRights
          type={fieldsOf}
          grant={grantFor(records, fieldsOf.record)}
          readOnly={readOnly}
          close={() => setFieldsOf(undefined)}
          set={(fields) => set(withGrant(records, fieldsOf.record, { fields }))}
        />
      )}
    </>
  );
}
