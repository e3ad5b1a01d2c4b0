import { useState } from 'react';
import type { RecordType } from '@/api/model';
import { labelOf, manyOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import styles from './RoleForm.module.css';
import { type Grant, type Right, rights } from './role';

type Props = {
  readonly type: RecordType;
  readonly grant: Grant;
  readonly readOnly?: boolean;
  readonly close: () => void;
  readonly set: (fields: Grant['fields']) => void;
};

// These are shown with the record, whoever sees it.
const always = new Set(['id', 'version', 'createdAt', 'updatedAt', 'deletedAt']);

/** What may be done with each field of a record type. */
export function FieldRights({ type, grant, readOnly, close, set }: Props) {
  const [words, setWords] = useState('');
  const options = rights.map((right) => ({ value: right, label: t(`set.right.${right}`) }));
  const rightOf = (name: string): Right => grant.fields.find((field) => field.field === name)?.right ?? 'full';
  const put = (name: string, right: Right) =>
    set([...grant.fields.filter((field) => field.field !== name), ...(right === 'full' ? [] : [{ field: name, right }])]);
  const wanted = words.trim().toLowerCase();
  const shown = type.fields.filter(
    (field) => !always.has(field.name) && `${labelOf(type, field)} ${field.name}`.toLowerCase().includes(wanted),
  );
  return (
    <Dialog
      open
      close={close}
      place="right"
      title={t('set.fieldsOf', { label: manyOf(type) })}
      description={t('set.fieldRightsText')}
      footer={
        <Button look="primary" onClick={close}>
          {t('set.done')}
        </Button>
      }
    >
      <TextInput
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <div className={styles.fields}>
        {shown.map((field) => (
          <div key={field.name} className={styles.field}>
            <span>
              {labelOf(type, field)}
              <small>{field.name}</small>
            </span>
            <Select
              small
              disabled={readOnly}
              label={labelOf(type, field)}
              value={rightOf(field.name)}
              options={options}
              choose={(right) => right && put(field.name, right)}
            />
          </div>
        ))}
        {!shown.length && <p>{t('nothingFound')}</p>}
      </div>
    </Dialog>
  );
}
