import ListFilter from 'lucide-react/icons/list-filter';
import Undo2 from 'lucide-react/icons/undo-2';
import { Link } from 'wouter';
import { type RecordType, useModel } from '@/api/model';
import { labelOf } from '@/features/labels';
import { takeBack } from '@/features/records/change';
import { formatInstantFully } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Nothing } from '../frame/Page';
import styles from './AuditScreen.module.css';
import type { Entry } from './entry';

type Props = {
  readonly entry: Entry;
  readonly close: () => void;
  readonly narrow: (name: 'operation' | 'recordId', value: string) => void;
  readonly changed: () => void;
};

/** One entry: who, when, from where, and each field before and after. */
export function EntryPanel({ entry, close, narrow, changed }: Props) {
  const type = useModel().types.find((one) => one.service === entry.service && one.record === entry.record);
  const undo = async () => {
    if (await takeBack(entry.operation, changed)) close();
  };
  const { changes, ...facts } = entry.data ?? {};
  return (
    <Dialog
      open
      close={close}
      place="right"
      title={entry.type}
      description={formatInstantFully(entry.at)}
      footer={
        <>
          <Button icon={ListFilter} onClick={() => narrow('operation', entry.operation)}>
            {t('set.thisOperation')}
          </Button>
          <Button icon={Undo2} onClick={() => void undo()}>
            {t('set.undoOperation')}
          </Button>
        </>
      }
    >
      <dl className={styles.facts}>
        <dt>{t('set.who')}</dt>
        <dd>{entry.actor.name ?? entry.actor.kind}</dd>
        <dt>{t('set.door')}</dt>
        <dd>{entry.actor.door ?? '–'}</dd>
        <dt>{t('set.address')}</dt>
        <dd>{entry.actor.address ?? '–'}</dd>
        <dt>{t('set.record')}</dt>
        <dd>
          {type?.graph.one ? (
            <Link href={`/${type.plural}/${entry.recordId}`} className={styles.link}>
              {entry.recordId}
            </Link>
          ) : (
            entry.recordId
          )}
          <Button small look="quiet" onClick={() => narrow('recordId', entry.recordId)}>
            {t('set.allOfRecord')}
          </Button>
        </dd>
        {Object.entries(facts).map(([name, value]) => (
          <Fact key={name} name={spokenName(name)} value={value} />
        ))}
      </dl>
      {entry.data === null && <Nothing>{t('set.notSeen')}</Nothing>}
      {changes && (
        <table className={styles.changes}>
          <thead>
            <tr>
              <th scope="col">{t('set.field')}</th>
              <th scope="col">{t('set.beforeIt')}</th>
              <th scope="col">{t('set.afterIt')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(changes).map(([name, change]) => (
              <tr key={name}>
                <th scope="row">{labelIn(type, name)}</th>
                <td>{written(change.old)}</td>
                <td>{written(change.new)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: unknown }) => (
  <>
    <dt>{name}</dt>
    <dd>{written(value)}</dd>
  </>
);

function labelIn(type: RecordType | undefined, name: string): string {
  const field = type?.field(name);
  return type && field ? labelOf(type, field) : spokenName(name);
}

function written(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ') || '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
