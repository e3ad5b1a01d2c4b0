import Ban from 'lucide-react/icons/ban';
import { useState } from 'react';
import { useParams } from 'wouter';
import type { RecordType } from '@/api/model';
import { runSlice } from '@/api/slices';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { toast } from '@/ui/toasts';
import { Confirm } from '../frame/Confirm';
import { Section } from '../frame/Page';
import { RecordPage } from '../frame/RecordPage';
import { CopyText } from '../frame/SecretDialog';
import { Secrets } from '../frame/Secrets';
import { SetUpSection } from '../frame/SetUpSection';
import { usePosted } from '../frame/usePosted';
import { ProgramState } from './ProgramsScreen';
import { type Program, type ProgramKind, useProgramEditors } from './program';

/** An API key or a client: its secrets, what it may do, and its end. */
export function ProgramScreen({ kind, type }: { readonly kind: ProgramKind; readonly type: RecordType }) {
  const { id } = useParams<{ id: string }>();
  const [ends, setEnds] = useState(false);
  const editors = useProgramEditors(kind);
  return (
    <RecordPage<Program>
      type={type}
      id={id}
      up={{ href: kind.href, label: t(kind.label) }}
      text={(program) => <ProgramState of={program} kind={kind} />}
      actions={(program) =>
        !program.revokedAt && (
          <Button look="danger" icon={Ban} onClick={() => setEnds(true)}>
            {t('set.revoke')}
          </Button>
        )
      }
    >
      {(program, again) => (
        <>
          {program.clientId && (
            <Section title={t('set.clientId')} text={t('set.clientIdText')}>
              <CopyText label={t('set.clientId')} text={program.clientId} />
            </Section>
          )}
          {kind.needsSecret(program) && <Secrets of={kind.secrets} id={id} isOpen={!program.revokedAt} changed={again} />}
          <SetUpSection
            type={type}
            record={program}
            title={t('set.whatItMay')}
            fields={kind.fields.filter((name) => name !== 'kind')}
            editors={editors}
            help={kind.help()}
          />
          {ends && (
            <Revoke
              kind={kind}
              program={program}
              close={() => {
                setEnds(false);
                again();
              }}
            />
          )}
        </>
      )}
    </RecordPage>
  );
}

type RevokeProps = { readonly kind: ProgramKind; readonly program: Program; readonly close: () => void };

function Revoke({ kind, program: { id, name }, close }: RevokeProps) {
  const { busy, refusal, send } = usePosted();
  const run = async () => {
    if (!(await send(runSlice(kind.revoke, id, undefined, crypto.randomUUID())))) return;
    toast({ text: t('set.isRevoked', { name }) });
    close();
  };
  return (
    <Confirm
      title={t('set.revokeTitle', { name })}
      label={t('set.revoke')}
      close={close}
      run={() => void run()}
      busy={busy}
      refusal={refusal}
    >
      {t('set.revokeText')}
    </Confirm>
  );
}
