import { useModel } from '@/api/model';
import { labelOf } from '@/features/labels';
import { WordsInput } from '@/features/records/fields/WordsInput';
import { FilterBuilder } from '@/features/records/filter/FilterBuilder';
import { t } from '@/lib/i18n/t';
import { TextArea } from '@/ui/Field';
import { SomeOf } from '../frame/inputs';
import type { Editors } from '../frame/SetUpFields';
import type { SetUp } from '../frame/useSetUp';
import { EventPicker } from './EventPicker';
import styles from './editors.module.css';
import { recordOf } from './webhook';

const listIn = ({ value }: SetUp, name: string) => (value(name) as readonly string[] | null) ?? [];

/** What a webhook's fields are entered with; what depends on the record type is chosen where its events are of one. */
export function useWebhookEditors(): Editors {
  const model = useModel();
  const fieldsOf =
    (name: string): Editors[string] =>
    (form, field, bound) => {
      const type = recordOf(model, listIn(form, 'events'));
      if (!type) return <WordsInput spaces {...bound} value={listIn(form, name)} set={(next) => form.set(name, next)} />;
      return (
        <SomeOf
          label={labelOf(form.type, field)}
          describedBy={bound.describedBy}
          options={type.fields
            .filter((one) => one.origin !== 'platform' && !one.masked)
            .map((one) => ({ value: one.name, label: labelOf(type, one) }))}
          value={listIn(form, name)}
          set={(next) => form.set(name, next)}
        />
      );
    };
  return {
    events: (form, _, bound) => <EventPicker {...bound} value={listIn(form, 'events')} set={(next) => form.set('events', next)} />,
    fields: fieldsOf('fields'),
    changedFields: fieldsOf('changedFields'),
    filter: (form, _, { id, describedBy, invalid }) => {
      const type = recordOf(model, listIn(form, 'events'));
      const filter = (form.value('filter') as string | null) ?? '';
      if (!type)
        return (
          <TextArea
            id={id}
            aria-describedby={describedBy}
            aria-invalid={invalid || undefined}
            rows={2}
            spellCheck={false}
            placeholder={t('set.filterNeedsRecord')}
            value={filter}
            onChange={({ target }) => form.set('filter', target.value || null)}
          />
        );
      return (
        <div className={styles.box}>
          <FilterBuilder key={type.plural} type={type} filter={filter} set={(next) => form.set('filter', next || null)} />
        </div>
      );
    },
  };
}

export const webhookFields = [
  'name',
  'url',
  'events',
  'filter',
  'fields',
  'changedFields',
  'format',
  'message',
  'payload',
  'order',
  'headers',
  'skipOwn',
];
export const newWebhookFields = ['name', 'url', 'events', 'filter', 'fields', 'format'];

export const webhookHelp = () => ({
  url: t('set.webhookUrlText'),
  fields: t('set.webhookFieldsText'),
  changedFields: t('set.changedFieldsText'),
  message: t('set.messageText'),
  skipOwn: t('set.skipOwnText'),
});
