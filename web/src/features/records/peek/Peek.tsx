import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Maximize2 from 'lucide-react/icons/maximize-2';
import X from 'lucide-react/icons/x';
import { useEffect, useMemo } from 'react';
import { useLocation } from 'wouter';
import { useRecord } from '@/api/hooks';
import type { FieldModel, RecordType } from '@/api/model';
import { titleOf } from '@/api/values';
import { oneOf } from '@/features/labels';
import { RecordMark } from '@/features/RecordMark';
import { sentenceOf } from '@/features/refusals';
import { noteSeen } from '@/features/search/recent';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { FieldLine } from '../fields/FieldLine';
import { formFields } from '../form';
import { usualColumns } from '../list/columns';
import styles from './Peek.module.css';

type Props = { readonly type: RecordType; readonly id: string; readonly close: () => void; readonly step?: (by: 1 | -1) => void };

/** A record beside its list: what it says, edited where it stands. */
export function Peek({ type, id, close, step }: Props) {
  const [, go] = useLocation();
  const fields = useMemo(() => shownFields(type), [type]);
  const names = useMemo(() => [...(type.title ? [type.title] : []), ...fields.map((field) => field.name)], [type, fields]);
  const { data: row, fetching, refusal } = useRecord(type, id, names);
  const title = (row && titleOf(type, row)) || (row ? t('list.untitled') : '');
  useEffect(() => {
    if (row && title) noteSeen({ plural: type.plural, id: row.id, title });
  }, [row, title, type]);
  return (
    <aside className={styles.peek} aria-label={title || oneOf(type)}>
      <header className={styles.bar}>
        {step && <IconButton label={t('peek.previous')} icon={ArrowUp} onClick={() => step(-1)} />}
        {step && <IconButton label={t('peek.next')} icon={ArrowDown} onClick={() => step(1)} />}
        <span className={styles.space} />
        <IconButton label={t('peek.open')} icon={Maximize2} onClick={() => go(`/${type.plural}/${id}`)} />
        <IconButton label={t('close')} icon={X} onClick={close} />
      </header>
      <div className={styles.body}>
        {row ? (
          <>
            <div className={styles.head}>
              <RecordMark type={type} id={row.id} title={title} large />
              <h2>{title}</h2>
            </div>
            <dl>
              {fields.map((field) => (
                <FieldLine key={field.name} type={type} field={field} row={row} />
              ))}
            </dl>
          </>
        ) : fetching ? (
          fields.slice(0, 8).map((field) => <Skeleton key={field.name} width="80%" height={20} />)
        ) : (
          <p className={styles.none}>{refusal ? sentenceOf(refusal) : t('peek.notFound')}</p>
        )}
      </div>
    </aside>
  );
}

function shownFields(type: RecordType): FieldModel[] {
  const { usual } = formFields(type);
  const names = new Set([...usual.map((field) => field.name), ...usualColumns(type)]);
  const custom = type.fields.filter((field) => field.origin === 'custom' && field.graph.name && !field.retired).map((field) => field.name);
  return [...names, ...custom, 'createdAt']
    .flatMap((name) => (name === type.title ? [] : (type.field(name) ?? [])))
    .filter((field, i, all) => all.indexOf(field) === i && field.graph.name);
}
