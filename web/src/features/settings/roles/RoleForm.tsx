import { type FormEvent, useState } from 'react';
import { useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { Problems } from '@/features/Problems';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { useUnsaved } from '@/lib/leaving';
import { Button } from '@/ui/Button';
import { Field, TextArea, TextInput } from '@/ui/Field';
import { Switch } from '@/ui/Switch';
import { nameFor } from '../fields/customField';
import { Section } from '../frame/Page';
import { Line } from '../frame/Panel';
import { Matrix } from './Matrix';
import styles from './RoleForm.module.css';
import { type Draft, privileges } from './role';
import { SliceRights } from './SliceRights';
import { WhenItCounts } from './WhenItCounts';

type Props = {
  /** What it says; or begins with. */
  readonly draft: Draft;
  readonly isNew?: boolean;
  readonly readOnly?: boolean;
  readonly busy?: boolean;
  readonly refusal?: Refusal;
  /** Saves what was entered, knowing what stood there when somebody began to; says whether it was. */
  readonly save?: (draft: Draft, seen: Draft) => Promise<boolean>;
};

/** What a role allows: records and fields, use cases, switches, and when it counts. */
export function RoleForm({ draft: now, isNew, readOnly, busy, refusal, save }: Props) {
  const model = useModel();
  const [entered, setEntered] = useState<{ readonly draft: Draft; readonly seen: Draft } | undefined>();
  const [isNamed, setNamed] = useState(!isNew);
  const { draft, seen } = entered ?? { draft: now, seen: now };
  const set = (change: Partial<Draft>) =>
    setEntered((known) => ({ draft: { ...(known?.draft ?? now), ...change }, seen: known?.seen ?? now }));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(now);
  useUnsaved(isChanged && !readOnly);
  const toggle = (list: readonly string[], name: string, on: boolean) => (on ? [...list, name] : list.filter((one) => one !== name));
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await save?.(draft, seen)) setEntered(undefined);
  };
  return (
    <form noValidate className={styles.form} onSubmit={(event) => void onSubmit(event)}>
      <div className={styles.whole}>
        <Problems refusal={refusal} shown={['title', 'name', 'description']} />
        {!readOnly && (
          <Section>
            <div className={styles.names}>
              <Field label={t('set.roleTitle')} required error={saidOf(refusal, 'title')}>
                {({ id, describedBy, invalid }) => (
                  <TextInput
                    id={id}
                    aria-describedby={describedBy}
                    aria-invalid={invalid || undefined}
                    autoFocus={isNew}
                    maxLength={100}
                    value={draft.title}
                    onChange={({ target }) => set({ title: target.value, ...(!isNamed && { name: nameFor(target.value) }) })}
                  />
                )}
              </Field>
              <Field label={t('set.name')} required error={saidOf(refusal, 'name')}>
                {({ id, describedBy, invalid }) => (
                  <TextInput
                    id={id}
                    aria-describedby={describedBy}
                    aria-invalid={invalid || undefined}
                    spellCheck={false}
                    maxLength={60}
                    value={draft.name}
                    onChange={({ target }) => {
                      setNamed(true);
                      set({ name: target.value });
                    }}
                  />
                )}
              </Field>
            </div>
            <Field label={t('set.roleFor')} error={saidOf(refusal, 'description')}>
              {({ id }) => (
                <TextArea
                  id={id}
                  rows={2}
                  maxLength={1000}
                  value={draft.description ?? ''}
                  onChange={({ target }) => set({ description: target.value })}
                />
              )}
            </Field>
          </Section>
        )}
        <Section title={t('set.matrix')} text={t('set.matrixText')}>
          <Matrix records={draft.records} readOnly={readOnly} set={(records) => set({ records })} />
        </Section>
        <Section title={t('set.slices')} text={t('set.slicesText')}>
          <SliceRights slices={draft.slices} readOnly={readOnly} set={(slices) => set({ slices })} />
        </Section>
        {model.overrides.length > 0 && (
          <Section title={t('set.overrides')} text={t('set.overridesText')}>
            <div className={styles.lines}>
              {model.overrides.map((rule) => (
                <Line key={rule.name} label={rule.says} help={rule.name}>
                  {(id) => (
                    <Switch
                      id={id}
                      disabled={readOnly}
                      checked={draft.slices.includes(rule.name)}
                      set={(on) => set({ slices: toggle(draft.slices, rule.name, on) })}
                    />
                  )}
                </Line>
              ))}
            </div>
          </Section>
        )}
        <Section title={t('set.privileges')} text={t('set.privilegesText')}>
          <div className={styles.lines}>
            {privileges.map((name) => (
              <Line key={name} label={t(`set.privilege.${name}`)} help={t(`set.privilege.${name}Text`)}>
                {(id) => (
                  <Switch
                    id={id}
                    disabled={readOnly}
                    checked={draft.privileges.includes(name)}
                    set={(on) => set({ privileges: toggle(draft.privileges, name, on) })}
                  />
                )}
              </Line>
            ))}
          </div>
        </Section>
        {!readOnly && <WhenItCounts key={JSON.stringify(seen)} draft={draft} set={set} refusal={refusal} />}
      </div>
      {save && (isNew || isChanged) && (
        <div className={styles.bar} data-place="bottom">
          <span>{isNew ? '' : t('set.unsaved')}</span>
          {!isNew && <Button onClick={() => setEntered(undefined)}>{t('change.throwAway')}</Button>}
          <Button look="primary" type="submit" disabled={busy}>
            {isNew ? t('create') : t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}
