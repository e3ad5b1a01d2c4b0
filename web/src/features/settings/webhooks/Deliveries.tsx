import RefreshCw from 'lucide-react/icons/refresh-cw';
import { useEffect, useState } from 'react';
import { ask } from '@/api/doors';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { toast } from '@/ui/toasts';
import { Nothing, NotRead, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import styles from './Deliveries.module.css';
import { DeliveryPanel } from './DeliveryPanel';
import { type Delivery, type DeliveryState, deliveryStates, deliveryTones } from './webhook';

type Page = { readonly items: readonly Delivery[]; readonly nextCursor?: string | null };

/** What was sent to a webhook and what was not, newest first; each to be looked into and sent again. */
export function Deliveries({ webhook }: { readonly webhook: string }) {
  const [state, setState] = useState<DeliveryState | null>(null);
  const [items, setItems] = useState<readonly Delivery[] | undefined>();
  const [next, setNext] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [round, setRound] = useState(0);
  const [open, setOpen] = useState<Delivery | undefined>();
  const read = async (cursor?: string) => {
    const answer = await ask<Page>('GET', '/deliveries', { query: { webhook, state: state ?? undefined, cursor } });
    setRefusal(answer.ok ? undefined : answer.refusal);
    if (!answer.ok) return;
    setItems((known) => [...((cursor && known) || []), ...answer.data.items]);
    setNext(answer.data.nextCursor ?? undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state or round is another list.
  useEffect(() => void read(), [webhook, state, round]);
  const again = async (body: Record<string, unknown>) => {
    const answer = await ask<{ count: number }>('POST', `/webhooks/${webhook}/redeliver`, { body });
    toast(answer.ok ? { text: t('set.onTheWay', { count: answer.data.count }) } : { text: sentenceOf(answer.refusal), bad: true });
    setRound((n) => n + 1);
  };
  return (
    <>
      <div className={styles.tools}>
        <Select<DeliveryState>
          small
          label={t('set.status')}
          className={styles.state}
          none={t('set.allDeliveries')}
          value={state}
          options={deliveryStates.map((one) => ({ value: one, label: t(`set.delivery.${one}`) }))}
          choose={setState}
        />
        <Button small icon={RefreshCw} onClick={() => setRound((n) => n + 1)}>
          {t('set.lookAgain')}
        </Button>
        <Button small onClick={() => void again({})}>
          {t('set.redeliverOpen')}
        </Button>
      </div>
      {refusal && <NotRead refusal={refusal} again={() => void read()} />}
      {!items && !refusal && <Sketch />}
      {items?.length === 0 && <Nothing>{t('set.noDeliveries')}</Nothing>}
      {items && items.length > 0 && (
        <Table
          label={t('set.deliveries')}
          first={t('set.event')}
          columns={[
            { label: t('set.status') },
            { label: t('set.answer'), wideOnly: true },
            { label: t('set.took'), numeric: true, wideOnly: true },
            { label: t('set.when') },
          ]}
          rows={items.map((one) => ({
            key: one.event,
            title: one.type,
            detail: one.error,
            open: () => setOpen(one),
            cells: [
              <Badge key="state" tone={deliveryTones[one.state]}>
                {t(`set.delivery.${one.state}`)}
              </Badge>,
              one.status ?? '–',
              one.tookMs != null ? `${one.tookMs} ms` : '–',
              <time key="at" dateTime={one.triedAt ?? one.at} title={formatInstant(one.triedAt ?? one.at)}>
                {formatAgo(one.triedAt ?? one.at)}
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
        <DeliveryPanel
          delivery={open}
          close={() => setOpen(undefined)}
          redeliver={() => {
            void again({ events: [open.event] });
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}
