import Ban from 'lucide-react/icons/ban';
import { useState } from 'react';
import { useParams } from 'wouter';
import { ask, useDoor } from '@/api/doors';
import type { RecordType } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { Confirm } from '../frame/Confirm';
import { NoPage } from '../frame/NoPage';
import { NotRead, Page, Section, Sketch } from '../frame/Page';
import { CopyText } from '../frame/SecretDialog';
import { Secrets } from '../frame/Secrets';
import { SetUpSection } from '../frame/SetUpSection';
import { usePosted } from '../frame/usePosted';
import { ProgramState } from './ProgramsScreen';
import { type Program, type ProgramKind, useProgramEditors } from './program';

/** An API key or a client: its secrets, what it may do, and its end. */
export function ProgramScreen({ kind, type }: { readonly kind: ProgramKind; readonly type: RecordType }) {
  const at = `/${kind.plural}/${useParams<{ id: string }>().id}`;
  const { data, refusal, again } = useDoor<Program>(at);
  const [ends, setEnds] = useState(false);
  const editors = useProgramEditors(kind);
  const { busy, refusal: refused, send } = usePosted();
  if (refusal?.kind === 'gone') return <NoPage />;
  const revoke = async () => {
    const answer = await send(ask('POST', `${at}/revoke`, { body: {} }));
    if (!answer) return;
    toast({ text: t('set.isRevoked', { name: data?.name ?? '' }) });
    setEnds(false);
    again();
  };
  return (
    <Page
      title={data?.name ?? t(kind.label)}
      text={data && <ProgramState of={data} kind={kind} />}
      up={{ href: kind.href, label: t(kind.label) }}
      actions={
        data &&
        !data.revokedAt && (
          <Button look="danger" icon={Ban} onClick={() => setEnds(true)}>
            {t('set.revoke')}
          </Button>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data && (
        <>
          {data.clientId && (
            <Section title={t('set.clientId')} text={t('set.clientIdText')}>
              <CopyText label={t('set.clientId')} text={data.clientId} />
            </Section>
          )}
          {kind.needsSecret(data) && <Secrets at={at} isOpen={!data.revokedAt} changed={again} />}
          <SetUpSection
            key={String(data.version)}
            type={type}
            record={data}
            title={t('set.whatItMay')}
            fields={kind.fields.filter((name) => name !== 'kind')}
            editors={editors}
            help={kind.help()}
            changed={again}
          />
        </>
      )}
      {ends && data && (
        <Confirm
          title={t('set.revokeTitle', { name: data.name })}
          label={t('set.revoke')}
          close={() => setEnds(false)}
          run={() => void revoke()}
          busy={busy}
          refusal={refused}
        >
          {t('set.revokeText')}
        </Confirm>
      )}
    </Page>
  );
}
