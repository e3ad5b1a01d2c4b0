import Plus from 'lucide-react/icons/plus';
import WebhookIcon from 'lucide-react/icons/webhook';
import { useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useAll } from '@/api/hooks';
import { type RecordType, useModel } from '@/api/model';
import { everything } from '@/api/values';
import { choiceLabel } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Nothing, NotRead, Page, Sketch } from '../frame/Page';
import { SetUpPanel } from '../frame/SetUpPanel';
import { Table } from '../frame/Table';
import { newWebhookFields, useWebhookEditors, webhookHelp } from './editors';
import { WebhookScreen } from './WebhookScreen';
import { stateTones, type Webhook } from './webhook';

/** Addresses that are told what happens: all of them, and one with what was delivered to it. */
export function WebhooksScreen() {
  const type = useModel().byPlural('webhooks');
  if (!type) return null;
  return (
    <Switch>
      <Route path="/settings/webhooks">
        <List type={type} />
      </Route>
      <Route path="/settings/webhooks/:id">
        <WebhookScreen type={type} />
      </Route>
    </Switch>
  );
}

function List({ type }: { readonly type: RecordType }) {
  const { data: all, refusal, again } = useAll(type, { sort: 'name', columns: everything(type) });
  const data = all as readonly Webhook[] | undefined;
  const [isNew, setNew] = useState(false);
  const [, go] = useLocation();
  const editors = useWebhookEditors();
  const state = type.field('state');
  return (
    <Page
      title={t('set.webhooks')}
      text={t('set.webhooksText')}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setNew(true)}>
          {t('set.newWebhook')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t('set.noWebhooks')}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={t('set.webhooks')}
          first={t('set.webhook')}
          columns={[{ label: t('set.events'), wideOnly: true }, { label: t('set.status') }]}
          rows={data.map((one) => ({
            key: one.id,
            title: one.name,
            detail: one.url,
            icon: <WebhookIcon size={16} aria-hidden />,
            href: `/settings/webhooks/${one.id}`,
            cells: [
              one.events.join(', '),
              <Badge key="state" tone={stateTones[one.state]}>
                {state ? choiceLabel(type, state, one.state) : one.state}
              </Badge>,
            ],
          }))}
        />
      )}
      {isNew && (
        <SetUpPanel
          type={type}
          record={undefined}
          title={t('set.newWebhook')}
          fields={newWebhookFields}
          editors={editors}
          help={webhookHelp()}
          close={() => setNew(false)}
          changed={again}
          made={(record) => go(`/settings/webhooks/${record.id}`)}
        />
      )}
    </Page>
  );
}
