import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { run } from '@/api/changes';
import { type RecordType, readModel } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { FieldEditor } from '@/features/records/fields/FieldEditor';
import { saidOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Field, TextArea, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { DeleteDialog } from '../frame/DeleteDialog';
import { Line, Panel } from '../frame/Panel';
import { usePosted } from '../frame/usePosted';
import { DeleteCustomFieldDocument } from '../graph';
import { BoundsEditor } from './BoundsEditor';
import { ChoicesEditor } from './ChoicesEditor';
import { ComputedEditor } from './ComputedEditor';
import {
  blank,
  type CustomField,
  canIndex,
  changeOf,
  type Draft,
  hasBounds,
  hasChoices,
  hasDefault,
  hasPattern,
  isComputed,
  kindKey,
  kinds,
  modelOfDraft,
  named,
  nameFor,
  saveField,
  toldOf,
} from './customField';

type Props = {
  readonly type: RecordType;
  readonly field: CustomField | undefined;
  readonly close: () => void;
  readonly changed: () => void;
};

/** A field of the tenant's own is entered, or changed as far as that breaks nothing: its name and kind stay. */
export function FieldPanel({ type, field, close, changed }: Props) {
  const [draft, setDraft] = useState<Draft>(field ?? blank);
  const [isNamed, setNamed] = useState(Boolean(field));
  const [deletes, setDeletes] = useState(false);
  const { busy, refusal, send } = usePosted();
  const { kind } = draft;
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const isDirty = field ? Boolean(changeOf(field, draft)) : draft.label !== '' || draft.name !== '';

  const end = (text: string, operation: string | null) => {
    tellDone(text, operation, changed);
    changed();
    close();
  };
  const save = async () => {
    if (!field) {
      const answer = await send(saveField(type, toldOf(draft)));
      if (answer) end(t('set.fieldAdded', { label: draft.label }), answer.operation);
      return;
    }
    const told = changeOf(field, draft);
    if (!told) return close();
    const answer = await send(saveField(type, told.change, { id: field.id, base: told.base }));
    if (answer) end(t('set.fieldSaved', { label: draft.label }), answer.operation);
  };
  const retire = async (retired: boolean) => {
    if (!field) return;
    const answer = await send(saveField(type, { retired }, { id: field.id }));
    if (answer) end(t(retired ? 'set.fieldRetired' : 'set.fieldBack', { label: field.label }), answer.operation);
  };
  const said = (name: string) => saidOf(refusal, name);

  return (
    <Panel
      title={field ? field.label : t('set.newField')}
      close={close}
      isDirty={isDirty}
      busy={busy}
      save={() => void save()}
      saveLabel={field ? t('save') : t('set.addField')}
      refusal={refusal}
      shown={shownNames}
      extra={
        field && (
          <>
            <Button look="danger" icon={Trash2} onClick={() => setDeletes(true)}>
              {t('delete')}
            </Button>
            <Button icon={field.retired ? ArchiveRestore : Archive} disabled={busy} onClick={() => void retire(!field.retired)}>
              {t(field.retired ? 'set.bringBack' : 'set.retire')}
            </Button>
          </>
        )
      }
    >
      <Field label={t('set.label')} required error={said('label')}>
        {({ id, describedBy, invalid }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            autoFocus={!field}
            maxLength={100}
            value={draft.label}
            onChange={({ target }) => set({ label: target.value, ...(!isNamed && { name: nameFor(target.value) }) })}
          />
        )}
      </Field>
      <Field label={t('set.kind')} required help={field ? t('set.kindStays') : undefined} error={said('kind')}>
        {({ id, describedBy, invalid }) => (
          <Select
            {...{ id, describedBy, invalid }}
            value={kind}
            disabled={Boolean(field)}
            options={kinds.map((one) => ({ value: one as string, label: t(kindKey(one)) }))}
            choose={(next) => next && set({ kind: next, default: undefined })}
          />
        )}
      </Field>
      <Field label={t('set.name')} required help={field ? undefined : t('set.nameHelp')} error={said('name')}>
        {({ id, describedBy, invalid }) => (
          <TextInput
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            disabled={Boolean(field)}
            maxLength={40}
            spellCheck={false}
            value={draft.name}
            onChange={({ target }) => {
              setNamed(true);
              set({ name: target.value });
            }}
          />
        )}
      </Field>
      <Field label={t('set.help')} help={t('set.helpHelp')} error={said('help')}>
        {({ id, describedBy }) => (
          <TextArea
            id={id}
            aria-describedby={describedBy}
            rows={2}
            maxLength={500}
            value={draft.help ?? ''}
            onChange={({ target }) => set({ help: target.value })}
          />
        )}
      </Field>
      {hasChoices(kind) && (
        <ChoicesEditor choices={draft.choices} known={field?.choices ?? []} set={(choices) => set({ choices })} error={said('choices')} />
      )}
      {isComputed(kind) && <ComputedEditor type={type} draft={draft} set={set} said={said} />}
      {hasBounds(kind) && <BoundsEditor draft={draft} set={set} said={said} />}
      {hasPattern(kind) && (
        <Field label={t('set.pattern')} help={t('set.patternHelp')} error={said('pattern')}>
          {({ id, describedBy, invalid }) => (
            <TextInput
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              spellCheck={false}
              value={draft.pattern ?? ''}
              onChange={({ target }) => set({ pattern: target.value })}
            />
          )}
        </Field>
      )}
      {hasDefault(kind) && (
        <Field label={t('set.default')} help={t('set.defaultHelp')} error={said('default')}>
          {({ id, describedBy, invalid }) => (
            <FieldEditor
              key={kind}
              type={type}
              field={modelOfDraft(draft)}
              {...{ id, describedBy, invalid }}
              label={kind === 'boolean' || kind === 'multiChoice' ? t('set.default') : undefined}
              value={draft.default ?? null}
              set={(value) => set({ default: value })}
            />
          )}
        </Field>
      )}
      {!isComputed(kind) && (
        <Line label={t('set.required')} help={t('set.requiredHelp')}>
          {(id) => <Switch id={id} checked={draft.required} set={(required) => set({ required })} />}
        </Line>
      )}
      {canIndex(kind) && (
        <Line label={t('set.indexed')} help={t('set.indexedHelp')}>
          {(id) => <Switch id={id} checked={draft.indexed} set={(indexed) => set({ indexed })} />}
        </Line>
      )}
      <Line label={t('set.sensitive')} help={t('set.sensitiveHelp')}>
        {(id) => <Switch id={id} checked={draft.sensitive} set={(sensitive) => set({ sensitive })} />}
      </Line>
      {deletes && field && (
        <DeleteDialog
          remove={(confirm) => run(DeleteCustomFieldDocument, { type: named(type), id: field.id, confirm })}
          label={field.label}
          close={() => setDeletes(false)}
          done={(operation) => {
            void readModel();
            end(t('set.fieldDeleted', { label: field.label }), operation);
          }}
        >
          {t('set.deleteFieldText')}
        </DeleteDialog>
      )}
    </Panel>
  );
}

const shownNames = [
  'label',
  'kind',
  'name',
  'help',
  'choices',
  'formula',
  'list',
  'function',
  'field',
  'filter',
  'min',
  'max',
  'pattern',
  'default',
];
