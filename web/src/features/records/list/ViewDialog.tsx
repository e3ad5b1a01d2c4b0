import { useId, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { saveView, type View, type ViewInput } from '@/api/views';
import { saidOf, sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import type { Looked } from './Views';
import styles from './Views.module.css';

type Props = {
  readonly type: RecordType;
  readonly looked: Looked;
  readonly view: View | undefined;
  readonly close: () => void;
  readonly saved: (id: string | undefined, operation: string | null) => void;
};

/** What a view is called, and whose it is. */
export function ViewDialog({ type, view, looked, close, saved }: Props) {
  const { privileges, viewer } = useModel();
  const form = useId();
  const [name, setName] = useState(view?.name ?? '');
  const [scope, setScope] = useState<NonNullable<ViewInput['scope']>>(view?.scope ?? 'private');
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const myTeam = viewer.teams?.[0];
  const save = async () => {
    const told = { name, scope, ...(scope === 'team' && { teamId: myTeam }) };
    const { id, operation, refusal: refused } = await saveView(type, view ? told : { ...looked, ...told }, view?.id);
    if (refused) setRefusal(refused);
    else saved(id, operation);
  };
  // Who is in no team has nobody to share it with.
  const isOffered = { private: true, team: myTeam !== undefined || view?.scope === 'team', public: privileges.has('dataModel') };
  const scopes = (['private', 'team', 'public'] as const).filter((one) => isOffered[one]);
  return (
    <Dialog
      open
      close={close}
      title={view ? t('rename') : t('view.save')}
      footer={
        <>
          <Button onClick={close}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} disabled={!name.trim()}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void save();
        }}
      >
        <Field label={t('view.name')} error={refusal && (saidOf(refusal, 'name') ?? sentenceOf(refusal))}>
          {({ id, describedBy, invalid }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoFocus
            />
          )}
        </Field>
        <Field label={t('view.scope')}>
          {({ id }) => (
            <Select
              id={id}
              value={scope}
              options={scopes.map((one) => ({ value: one, label: t(`view.${one}`) }))}
              choose={(next) => next && setScope(next)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
