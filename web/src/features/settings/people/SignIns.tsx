import LogOut from 'lucide-react/icons/log-out';
import MonitorSmartphone from 'lucide-react/icons/monitor-smartphone';
import Plug from 'lucide-react/icons/plug';
import { useState } from 'react';
import { useAll } from '@/api/hooks';
import { useModel } from '@/api/model';
import { runSlice } from '@/api/slices';
import type { Row } from '@/api/values';
import { sentenceOf } from '@/features/refusals';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { Nothing, NotRead, Section, Sketch } from '../frame/Page';
import { Table } from '../frame/Table';

type SignIn = Row & { readonly device: string; readonly address: string; readonly startedAt: string };
type Connection = Row & { readonly clientName: string; readonly scopes: readonly string[]; readonly startedAt: string };

/** Where somebody is logged in, and which programs act for them; each can be ended. */
export function SignIns({ user }: { readonly user: string }) {
  const mine = `userId = "${user}" and endedAt is null`;
  const model = useModel();
  const signIns = useAll(model.byPlural('signIns'), { filter: mine, sort: '-startedAt', columns: ['device', 'address', 'startedAt'] });
  const programs = useAll(model.byPlural('connections'), {
    filter: `${mine} and signInId is null`,
    sort: '-startedAt',
    columns: ['clientName', 'scopes', 'startedAt'],
  });
  const [busy, setBusy] = useState<string | undefined>();
  const end = async (revoke: string, id: string, again: () => void) => {
    setBusy(id);
    const answer = await runSlice(revoke, id, undefined, crypto.randomUUID());
    setBusy(undefined);
    toast(answer.ok ? { text: t('set.ended') } : { text: sentenceOf(answer.refusal), bad: true });
    again();
  };
  return (
    <>
      <Section title={t('set.signIns')} text={t('set.signInsText')}>
        {signIns.refusal && <NotRead refusal={signIns.refusal} again={signIns.again} />}
        {signIns.fetching && !signIns.data && <Sketch />}
        {signIns.data && (
          <Table
            label={t('set.signIns')}
            first={t('set.device')}
            columns={[{ label: t('set.since') }]}
            rows={(signIns.data as readonly SignIn[]).map((one) => ({
              key: one.id,
              title: one.device,
              detail: one.address,
              icon: <MonitorSmartphone size={16} aria-hidden />,
              cells: [<Since key="since" at={one.startedAt} />],
              actions: (
                <Button small icon={LogOut} disabled={busy === one.id} onClick={() => void end('revokeSignIn', one.id, signIns.again)}>
                  {t('look.logOut')}
                </Button>
              ),
            }))}
          />
        )}
      </Section>
      <Section title={t('set.actingPrograms')} text={t('set.actingProgramsText')}>
        {programs.refusal && <NotRead refusal={programs.refusal} again={programs.again} />}
        {programs.data?.length === 0 && <Nothing>{t('set.noActingPrograms')}</Nothing>}
        {programs.data && programs.data.length > 0 && (
          <Table
            label={t('set.actingPrograms')}
            first={t('set.program')}
            columns={[{ label: t('set.since') }]}
            rows={(programs.data as readonly Connection[]).map((one) => ({
              key: one.id,
              title: one.clientName,
              detail: one.scopes.join(', '),
              icon: <Plug size={16} aria-hidden />,
              cells: [<Since key="since" at={one.startedAt} />],
              actions: (
                <Button small disabled={busy === one.id} onClick={() => void end('revokeConnection', one.id, programs.again)}>
                  {t('set.end')}
                </Button>
              ),
            }))}
          />
        )}
      </Section>
    </>
  );
}

const Since = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={formatInstant(at)}>
    {formatAgo(at)}
  </time>
);
