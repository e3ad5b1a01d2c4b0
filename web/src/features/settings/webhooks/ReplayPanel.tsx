import { useState } from 'react';
import { run } from '@/api/changes';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Field, TextInput } from '@/ui/Field';
import { toast } from '@/ui/toasts';
import { Panel } from '../frame/Panel';
import { usePosted } from '../frame/usePosted';
import { ReplayEventsDocument } from '../graph';

type Props = { readonly webhook: string; readonly close: () => void; readonly done: () => void };

/** Tells a webhook what happened before: between two times, as much as one request takes, and then the rest. */
export function ReplayPanel({ webhook, close, done }: Props) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [sent, setSent] = useState(0);
  const [lacks, setLacks] = useState(false);
  const { busy, refusal, send } = usePosted();
  const instant = (local: string) => (local ? new Date(local).toISOString() : null);
  const replay = async (after: string | null, before: number): Promise<void> => {
    const when = after ? { after } : { from: instant(from) };
    const answer = await send(run(ReplayEventsDocument, { id: webhook, input: { ...when, to: instant(to) } }));
    if (!answer?.result) return;
    const count = before + answer.result.count;
    setSent(count);
    if (answer.result.next) return replay(answer.result.next, count);
    toast({ text: t('set.onTheWay', { count }) });
    done();
    close();
  };
  return (
    <Panel
      title={t('set.replay')}
      description={t('set.replayText')}
      place="middle"
      close={close}
      isDirty={false}
      busy={busy}
      save={() => {
        setLacks(!from);
        if (from) void replay(null, 0);
      }}
      saveLabel={t('set.replayNow')}
      refusal={refusal}
      shown={['from', 'to']}
    >
      {(['from', 'to'] as const).map((name) => (
        <Field
          key={name}
          label={t(name === 'from' ? 'set.from' : 'set.before')}
          required={name === 'from'}
          error={name === 'from' && lacks && !from ? t('change.required') : saidOf(refusal, name)}
        >
          {({ id, describedBy, invalid }) => (
            <TextInput
              id={id}
              type="datetime-local"
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              value={name === 'from' ? from : to}
              onChange={({ target }) => (name === 'from' ? setFrom : setTo)(target.value)}
            />
          )}
        </Field>
      ))}
      {busy && sent > 0 && <p role="status">{t('set.onTheWay', { count: sent })}</p>}
    </Panel>
  );
}
