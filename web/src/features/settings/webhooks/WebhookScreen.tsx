import CirclePause from 'lucide-react/icons/circle-pause';
import CirclePlay from 'lucide-react/icons/circle-play';
import Send from 'lucide-react/icons/send';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { ask, useDoor } from '@/api/doors';
import type { RecordType } from '@/api/model';
import { choiceLabel } from '@/features/labels';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Tabs } from '@/ui/Tabs';
import { toast } from '@/ui/toasts';
import { Badges } from '../frame/Badges';
import { DeleteDialog } from '../frame/DeleteDialog';
import { NoPage } from '../frame/NoPage';
import { NotRead, Page, Sketch } from '../frame/Page';
import { Secrets } from '../frame/Secrets';
import { SetUpSection } from '../frame/SetUpSection';
import { Deliveries } from './Deliveries';
import { useWebhookEditors, webhookFields, webhookHelp } from './editors';
import styles from './WebhookScreen.module.css';
import { stateTones, type Webhook } from './webhook';

type Tested = {
  readonly status?: number | null;
  readonly error?: string | null;
  readonly tookMs?: number | null;
  readonly verified?: boolean;
};

/** A webhook: what was delivered to it, what it is told, and how it proves who sends. */
export function WebhookScreen({ type }: { readonly type: RecordType }) {
  const at = `/webhooks/${useParams<{ id: string }>().id}`;
  const [, go] = useLocation();
  const { data, refusal, again } = useDoor<Webhook>(at);
  const [part, setPart] = useState<'log' | 'set'>('log');
  const [deletes, setDeletes] = useState(false);
  const [round, setRound] = useState(0);
  const editors = useWebhookEditors();
  if (refusal?.kind === 'gone') return <NoPage />;
  const turn = async (deed: 'pause' | 'resume') => {
    const answer = await ask('POST', `${at}/${deed}`, { body: {} });
    if (answer.ok) tellDone(t(deed === 'pause' ? 'set.isPaused' : 'set.isResumed'), answer.operation, again);
    else toast({ text: sentenceOf(answer.refusal), bad: true });
    again();
  };
  const test = async () => {
    const answer = await ask<Tested>('POST', `${at}/test`, { body: {} });
    if (!answer.ok) return toast({ text: sentenceOf(answer.refusal), bad: true });
    const { status, error, tookMs } = answer.data;
    const isTaken = Boolean(status && status < 300);
    toast({
      text: isTaken ? t('set.testTaken') : t('set.testFailed'),
      detail: [status, error, tookMs != null && `${tookMs} ms`].filter(Boolean).join(' · '),
      bad: !isTaken,
    });
    setRound((n) => n + 1);
    again();
  };
  const state = type.field('state');
  return (
    <Page
      title={data?.name ?? t('set.webhook')}
      wide
      up={{ href: '/settings/webhooks', label: t('set.webhooks') }}
      text={
        data && (
          <Badges>
            <span className={styles.url}>{data.url}</span>
            <Badge tone={stateTones[data.state]}>{state ? choiceLabel(type, state, data.state) : data.state}</Badge>
            {data.verifiedAt && <Badge tone="success">{t('set.verified')}</Badge>}
          </Badges>
        )
      }
      actions={
        data && (
          <>
            <Button icon={Send} onClick={() => void test()}>
              {t('set.test')}
            </Button>
            {data.state === 'active' ? (
              <Button icon={CirclePause} onClick={() => void turn('pause')}>
                {t('set.pause')}
              </Button>
            ) : (
              <Button icon={CirclePlay} look="primary" onClick={() => void turn('resume')}>
                {t('set.resume')}
              </Button>
            )}
            <Button look="danger" icon={Trash2} onClick={() => setDeletes(true)}>
              {t('delete')}
            </Button>
          </>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data && data.state !== 'active' && (
        <p className={styles.note} role="status">
          {data.reason ?? t('set.waitsMeanwhile')}{' '}
          {data.stateSince && <span title={formatInstant(data.stateSince)}>{formatAgo(data.stateSince)}</span>}
        </p>
      )}
      {data && (
        <>
          <Tabs
            label={data.name}
            value={part}
            choose={setPart}
            tabs={[
              { value: 'log', label: t('set.deliveries') },
              { value: 'set', label: t('set.setUp') },
            ]}
          />
          <div className={styles.part}>
            {part === 'log' && <Deliveries key={round} webhook={data.id} />}
            {part === 'set' && (
              <>
                {data.format === 'standard' && <Secrets at={at} isOpen changed={again} />}
                <SetUpSection
                  type={type}
                  record={data}
                  title={t('set.whatItIsTold')}
                  fields={webhookFields}
                  editors={editors}
                  help={webhookHelp()}
                  changed={again}
                />
              </>
            )}
          </div>
        </>
      )}
      {deletes && data && (
        <DeleteDialog
          at={at}
          label={data.name}
          close={() => setDeletes(false)}
          done={(operation) => {
            tellDone(t('change.deleted', { title: data.name }), operation);
            go('/settings/webhooks');
          }}
        >
          {t('set.deleteWebhookText')}
        </DeleteDialog>
      )}
    </Page>
  );
}
