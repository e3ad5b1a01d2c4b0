import SearchX from 'lucide-react/icons/search-x';
import { useCallback, useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { client } from '@/api/client';
import { useModel } from '@/api/model';
import { type Refusal, refusalOfError } from '@/api/problems';
import { oneOf } from '@/features/labels';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { spokenName } from '@/lib/words';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { AuditDocument, type AuditQueryVariables } from '../graph';
import { useUsers } from '../people/user';
import styles from './AuditScreen.module.css';
import { EntryPanel } from './EntryPanel';
import { type Entry, filterNames } from './entry';

/** Who did what: found by who, what, with which record, when and from where. What is asked stands in the address. */
export function AuditScreen() {
  const model = useModel();
  const search = useSearch();
  const [, go] = useLocation();
  const told = new URLSearchParams(search);
  const users = useUsers();
  const [items, setItems] = useState<readonly Entry[] | undefined>();
  const [next, setNext] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [open, setOpen] = useState<Entry | undefined>();
  const read = useCallback(
    async (cursor?: string) => {
      const asked = new URLSearchParams(search);
      const told: AuditQueryVariables = Object.fromEntries(filterNames.map((name) => [name, asked.get(name) ?? undefined]));
      const { data, error } = await client
        .query(AuditDocument, { ...told, cursor, limit: 50 }, { requestPolicy: 'network-only' })
        .toPromise();
      const page = data?.audit;
      setRefusal(page ? undefined : refusalOfError(error ?? new Error()));
      if (!page) return;
      setItems((known) => [...((cursor && known) || []), ...(page.items as readonly Entry[])]);
      setNext(page.nextCursor ?? undefined);
    },
    [search],
  );
  useEffect(() => {
    const settle = setTimeout(() => void read(), 250);
    return () => clearTimeout(settle);
  }, [read]);
  const set = (name: string, value: string | null) => {
    const asked = new URLSearchParams(search);
    if (value) asked.set(name, value);
    else asked.delete(name);
    go(`/settings/audit${asked.size ? `?${asked}` : ''}`, { replace: true });
  };
  const day = (name: string) => told.get(name)?.slice(0, 10) ?? '';
  const setDay = (name: string, value: string) => set(name, value && new Date(`${value}T00:00`).toISOString());
  return (
    <Page title={t('set.audit')} text={t('set.auditText')} wide>
      <search className={styles.filters}>
        <Field label={t('set.who')}>
          {({ id }) => (
            <Select
              id={id}
              none={t('set.everybody')}
              value={told.get('actor')}
              options={(users ?? []).map((user) => ({ value: user.id, label: user.name }))}
              choose={(actor) => set('actor', actor)}
            />
          )}
        </Field>
        <Field label={t('set.type')}>
          {({ id }) => (
            <Select
              id={id}
              none={t('set.allRecords')}
              value={told.get('record')}
              options={model.types.map((type) => ({ value: type.record, label: oneOf(type) }))}
              choose={(record) => set('record', record)}
            />
          )}
        </Field>
        {(['type', 'address'] as const).map((name) => (
          <Field key={name} label={t(name === 'type' ? 'set.what' : 'set.address')}>
            {({ id }) => (
              <TextInput
                id={id}
                spellCheck={false}
                placeholder={name === 'type' ? 'contact.deleted' : '192.0.2.1'}
                defaultValue={told.get(name) ?? ''}
                onChange={({ target }) => set(name, target.value.trim())}
              />
            )}
          </Field>
        ))}
        {(['from', 'to'] as const).map((name) => (
          <Field key={name} label={t(name === 'from' ? 'set.from' : 'set.before')}>
            {({ id }) => <TextInput id={id} type="date" value={day(name)} onChange={({ target }) => setDay(name, target.value)} />}
          </Field>
        ))}
      </search>
      {filterNames.some((name) => told.has(name)) && (
        <p className={styles.narrowed}>
          {told.has('operation') && t('set.oneOperation')} {told.has('recordId') && t('set.oneRecord')}
          <Button small look="quiet" icon={SearchX} onClick={() => go('/settings/audit', { replace: true })}>
            {t('list.clearFilter')}
          </Button>
        </p>
      )}
      {refusal && <NotRead refusal={refusal} again={() => void read()} />}
      {!items && !refusal && <Sketch />}
      {items?.length === 0 && !refusal && <Nothing>{next ? t('set.lookFurther') : t('nothingFound')}</Nothing>}
      {items && items.length > 0 && (
        <Table
          label={t('set.audit')}
          first={t('set.what')}
          columns={[{ label: t('set.who') }, { label: t('set.door'), wideOnly: true }, { label: t('set.when') }]}
          rows={items.map((entry) => ({
            key: entry.id,
            title: spokenName(entry.type.slice(entry.type.indexOf('.') + 1)),
            detail: `${nameOf(entry.record)} · ${entry.service}`,
            open: () => setOpen(entry),
            cells: [
              <span key="who" className={styles.who}>
                <Avatar name={entry.actor.name ?? entry.actor.kind} of={entry.actor.id} />
                {entry.actor.name ?? entry.actor.kind}
              </span>,
              entry.actor.door,
              <time key="at" dateTime={entry.at} title={formatInstant(entry.at)}>
                {formatAgo(entry.at)}
              </time>,
            ],
          }))}
        />
      )}
      {next && (
        <div className={styles.more}>
          <Button onClick={() => void read(next)}>{t('set.older')}</Button>
        </div>
      )}
      {open && (
        <EntryPanel
          entry={open}
          close={() => setOpen(undefined)}
          narrow={(name, value) => {
            setOpen(undefined);
            set(name, value);
          }}
          changed={() => void read()}
        />
      )}
    </Page>
  );

  function nameOf(record: string): string {
    const type = model.types.find((one) => one.record === record);
    return type ? oneOf(type) : spokenName(record);
  }
}
