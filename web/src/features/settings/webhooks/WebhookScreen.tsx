import CirclePause from 'lucide-react/icons/circle-pause';
import CirclePlay from 'lucide-react/icons/circle-play';
import Send from 'lucide-react/icons/send';
import { useState } from 'react';
import { useParams } from 'wouter';
import { run } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import { runSlice } from '@/api/slices';
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
import { RecordPage } from '../frame/RecordPage';
import { Secrets } from '../frame/Secrets';
import { SetUpSection } from '../frame/SetUpSection';
import { secretsOfWebhook } from '../frame/secretsOf';
import { TestWebhookDocument } from '../graph';
import { Deliveries } from './Deliveries';
import { useWebhookEditors, webhookFields, webhookHelp } from './editors';
import styles from './WebhookScreen.module.css';
import { stateTones, type Webhook } from './webhook';

/** A webhook: what was delivered to it, what it is told, and how it proves who sends. */
export function WebhookScreen({ type }: { readonly type: RecordType }) {
  const { id } = useParams<{ id: string }>();
  const { slices } = useModel();
  const [part, setPart] = useState<'log' | 'set'>('log');
  const [round, setRound] = useState(0);
  const editors = useWebhookEditors();
  const turn = async (deed: 'pause' | 'resume', again: () => void) => {
    const answer = await runSlice(`${deed}Webhook`, id, undefined, crypto.randomUUID());
    if (answer.ok) tellDone(t(deed === 'pause' ? 'set.isPaused' : 'set.isResumed'), answer.operation, again);
    else toast({ text: sentenceOf(answer.refusal), bad: true });
    again();
  };
  const test = async () => {
    const answer = await run(TestWebhookDocument, { id });
    if (!answer.ok) return toast({ text: sentenceOf(answer.refusal), bad: true });
    const { taken = false, status, error, tookMs } = answer.result ?? {};
    toast({
      text: taken ? t('set.testTaken') : t('set.testFailed'),
      detail: [status, error, tookMs != null && `${tookMs} ms`].filter(Boolean).join(' · '),
      bad: !taken,
    });
    setRound((n) => n + 1);
  };
  const state = type.field('state');
  return (
    <RecordPage<Webhook>
      type={type}
      id={id}
      wide
      up={{ href: '/settings/webhooks', label: t('set.webhooks') }}
      text={(webhook) => (
        <Badges>
          <span className={styles.url}>{webhook.url}</span>
          <Badge tone={stateTones[webhook.state]}>{state ? choiceLabel(type, state, webhook.state) : webhook.state}</Badge>
          {webhook.verifiedAt && <Badge tone="success">{t('set.verified')}</Badge>}
        </Badges>
      )}
      actions={(webhook, again) => (
        <>
          {slices.has('testWebhook') && (
            <Button icon={Send} onClick={() => void test()}>
              {t('set.test')}
            </Button>
          )}
          {webhook.state === 'active' && slices.has('pauseWebhook') && (
            <Button icon={CirclePause} onClick={() => void turn('pause', again)}>
              {t('set.pause')}
            </Button>
          )}
          {webhook.state !== 'active' && slices.has('resumeWebhook') && (
            <Button icon={CirclePlay} look="primary" onClick={() => void turn('resume', again)}>
              {t('set.resume')}
            </Button>
          )}
        </>
      )}
      deleteText={t('set.deleteWebhookText')}
    >
      {(webhook) => (
        <>
          {webhook.state !== 'active' && (
            <p className={styles.note} role="status">
              {webhook.reason ?? t('set.waitsMeanwhile')}{' '}
              {webhook.stateSince && <span title={formatInstant(webhook.stateSince)}>{formatAgo(webhook.stateSince)}</span>}
            </p>
          )}
          {webhook.format === 'standard' && !webhook.secretHint && (
            <p className={styles.note} role="status">
              {t('set.needsSecret')}
            </p>
          )}
          <Tabs
            label={webhook.name}
            value={part}
            choose={setPart}
            tabs={[
              { value: 'log', label: t('set.deliveries') },
              { value: 'set', label: t('set.setUp') },
            ]}
          />
          <div className={styles.part}>
            {part === 'log' && <Deliveries key={round} webhook={id} />}
            {/* What was entered is still there when somebody comes back from the log. */}
            <div hidden={part !== 'set'}>
              {webhook.format === 'standard' && slices.has('readWebhookSecrets') && (
                <Secrets of={secretsOfWebhook} id={id} isOpen={slices.has('issueWebhookSecret')} />
              )}
              <SetUpSection
                type={type}
                record={webhook}
                title={t('set.whatItIsTold')}
                fields={webhookFields}
                editors={editors}
                help={webhookHelp()}
              />
            </div>
          </div>
        </>
      )}
    </RecordPage>
  );
}
