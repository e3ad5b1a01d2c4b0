import History from 'lucide-react/icons/history';
import RefreshCw from 'lucide-react/icons/refresh-cw';
import { useEffect, useState } from 'react';
import { run } from '@/api/changes';
import { client } from '@/api/client';
import { useModel } from '@/api/model';
import { type Refusal, refusalOfError } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { toast } from '@/ui/toasts';
import { Nothing, NotRead, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';
import { DeliveriesDocument, RedeliverDocument, type RedeliverMutationVariables } from '../graph';
import styles from './Deliveries.module.css';
import { DeliveryPanel } from './DeliveryPanel';
import { ReplayPanel } from './ReplayPanel';
import { type Delivery, type DeliveryState, deliveryStates, deliveryTones } from './webhook';

/** What was sent to a webhook and what was not, newest first; each to be looked into and sent again. */
export function Deliveries({ webhook }: { readonly webhook: string }) {
  const [state, setState] = useState<DeliveryState | null>(null);
  const [items, setItems] = useState<readonly Delivery[] | undefined>();
  const [next, setNext] = useState<string | undefined>();
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const [round, setRound] = useState(0);
  const [open, setOpen] = useState<Delivery | undefined>();
  const [replays, setReplays] = useState(false);
  const { slices } = useModel();
  const read = async (cursor?: string) => {
    const { data, error } = await client
      .query(DeliveriesDocument, { webhook, state, cursor }, { requestPolicy: 'network-only' })
      .toPromise();
    const page = data?.deliveries;
    setRefusal(page ? undefined : refusalOfError(error ?? new Error()));
    if (!page) return;
    setItems((known) => [...((cursor && known) || []), ...page.items]);
    setNext(page.nextCursor ?? undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state or round is another list.
  useEffect(() => void read(), [webhook, state, round]);
  const look = () => setRound((n) => n + 1);
  const again = async (input: RedeliverMutationVariables['input']) => {
    const answer = await run(RedeliverDocument, { id: webhook, input });
    toast(answer.ok ? { text: t('set.onTheWay', { count: answer.result?.count ?? 0 }) } : { text: sentenceOf(answer.refusal), bad: true });
    look();
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
        <Button small icon={RefreshCw} onClick={look}>
          {t('set.lookAgain')}
        </Button>
        {slices.has('redeliver') && (
          <Button small onClick={() => void again({})}>
            {t('set.redeliverOpen')}
          </Button>
        )}
        {slices.has('replayEvents') && (
          <Button small icon={History} onClick={() => setReplays(true)}>
            {t('set.replay')}
          </Button>
        )}
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
              <Badge key="state" tone={deliveryTones[one.state as DeliveryState]}>
                {t(`set.delivery.${one.state as DeliveryState}`)}
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
          webhook={webhook}
          delivery={open}
          close={() => setOpen(undefined)}
          redeliver={() => {
            void again({ events: [open.event] });
            setOpen(undefined);
          }}
        />
      )}
      {replays && <ReplayPanel webhook={webhook} close={() => setReplays(false)} done={look} />}
    </>
  );
}
