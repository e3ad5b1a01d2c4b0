import KeyRound from 'lucide-react/icons/key-round';
import { useState } from 'react';
import { run } from '@/api/changes';
import { useAnswer } from '@/api/hooks';
import { Problems } from '@/features/Problems';
import { formatAgo, formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { Nothing, NotRead, Section, Sketch } from './Page';
import { SecretDialog } from './SecretDialog';
import type { SecretsOf, Shown } from './secretsOf';
import { Table } from './Table';
import { usePosted } from './usePosted';

type Props = {
  readonly of: SecretsOf;
  /** Whose secrets they are. */
  readonly id: string;
  /** Whether it is let in: one that was revoked gets no other secret. */
  readonly isOpen: boolean;
  readonly changed?: () => void;
};

// How long the secrets before go on, in minutes.
const overlaps = [0, 60, 1440, 10_080, 43_200] as const;

/** The secrets something has, without what they say; another is made on demand, and those before go on for a while. */
export function Secrets({ of, id, isOpen, changed }: Props) {
  const { data: told, refusal, again } = useAnswer(of.read, { id });
  const data = told?.of?.secrets;
  const [asks, setAsks] = useState(false);
  const [shown, setShown] = useState<Shown | undefined>();
  const isRenewed = Boolean(data?.length);
  return (
    <Section
      title={t('set.secrets')}
      text={t('set.secretsText')}
      actions={
        isOpen && (
          <Button icon={KeyRound} onClick={() => setAsks(true)}>
            {t(isRenewed ? 'set.renew' : 'set.makeSecret')}
          </Button>
        )
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.length === 0 && <Nothing>{t('set.noSecret')}</Nothing>}
      {data && data.length > 0 && (
        <Table
          label={t('set.secrets')}
          first={t('set.secret')}
          columns={[{ label: t('set.lastUse') }, { label: t('set.made'), wideOnly: true }]}
          rows={data.map((one) => ({
            key: one.madeAt,
            title: `${one.prefix ?? one.hint ?? ''}…`,
            detail: one.endsAt && <Badge tone="warn">{t('set.endsAt', { at: formatInstant(one.endsAt) })}</Badge>,
            icon: <KeyRound size={16} aria-hidden />,
            cells: [
              one.usedAt ? (
                <span key="used" title={formatInstant(one.usedAt)}>
                  {formatAgo(one.usedAt)}
                  {one.usedFrom && ` · ${one.usedFrom}`}
                </span>
              ) : (
                t('set.neverUsed')
              ),
              formatInstant(one.madeAt),
            ],
          }))}
        />
      )}
      {asks && (
        <Issue
          of={of}
          id={id}
          isRenewed={isRenewed}
          close={() => setAsks(false)}
          done={(next) => {
            setAsks(false);
            setShown(next);
            again();
            changed?.();
          }}
        />
      )}
      {shown && <SecretDialog {...shown} close={() => setShown(undefined)} />}
    </Section>
  );
}

type IssueProps = Pick<Props, 'of' | 'id'> & {
  readonly isRenewed: boolean;
  readonly close: () => void;
  readonly done: (shown: Shown) => void;
};

function Issue({ of, id, isRenewed, close, done }: IssueProps) {
  const [overlap, setOverlap] = useState<string>(String(overlaps[2]));
  const { busy, refusal, send } = usePosted();
  const issue = async () => {
    const answer = await send(run(of.issue, { id, overlapMinutes: isRenewed ? Number(overlap) : 0 }));
    if (answer?.result) done(answer.result);
  };
  return (
    <Dialog
      open
      close={close}
      title={t(isRenewed ? 'set.renew' : 'set.makeSecret')}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" disabled={busy} onClick={() => void issue()}>
            {t(isRenewed ? 'set.renew' : 'set.makeSecret')}
          </Button>
        </>
      }
    >
      <Problems refusal={refusal} />
      {isRenewed ? (
        <Field label={t('set.overlap')} help={t('set.overlapText')}>
          {({ id, describedBy }) => (
            <Select
              id={id}
              describedBy={describedBy}
              value={overlap}
              options={overlaps.map((minutes) => ({ value: String(minutes), label: t(`set.overlap.${minutes}`) }))}
              choose={(next) => next && setOverlap(next)}
            />
          )}
        </Field>
      ) : (
        <p>{t('set.firstSecretText')}</p>
      )}
    </Dialog>
  );
}
