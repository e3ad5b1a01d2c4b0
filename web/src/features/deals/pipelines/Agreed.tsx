import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { createRecord, editRecord } from '@/api/changes';
import { selectionOf } from '@/api/documents';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import type { Row } from '@/api/values';
import { labelOf } from '@/features/labels';
import { Problems } from '@/features/Problems';
import { tellDone } from '@/features/records/change';
import { saidOf } from '@/features/refusals';
import { Section } from '@/features/settings/frame/Page';
import { t } from '@/lib/i18n/t';
import { useUnsaved } from '@/lib/leaving';
import { preferences } from '@/lib/preferences';
import { Button } from '@/ui/Button';
import { Field, TextInput } from '@/ui/Field';
import { Select } from '@/ui/Select';
import styles from './Pipelines.module.css';
import { LinesField } from './StageFields';

const names = ['winReasons', 'lossReasons', 'reportingCurrency', 'yearBegins'] as const;
type Values = Readonly<Record<(typeof names)[number], unknown>>;

/** What holds for all pipelines: the words for winning and losing, the currency that is reported in, the year of forecasts. */
export function Agreed() {
  const model = useModel();
  const type = model.byPlural('pipelineSettings');
  const query = useMemo(
    () =>
      type?.graph.list && `query Agreed { all: ${type.graph.list}(first: 1) { nodes { __typename ${selectionOf(model, type, names)} } } }`,
    [model, type],
  );
  const [{ data }, run] = useQuery<{ all: { nodes: Row[] } | null }>({
    query: query || '{ __typename }',
    pause: !query,
    requestPolicy: 'cache-and-network',
  });
  if (!type || !data?.all) return null;
  const row = data.all.nodes[0];
  if (!(row ? type.graph.update : type.graph.create)) return null;
  return <Form key={row?.version ?? 0} type={type} row={row} changed={() => run({ requestPolicy: 'network-only' })} />;
}

function Form({ type, row, changed }: { readonly type: RecordType; readonly row: Row | undefined; readonly changed: () => void }) {
  const model = useModel();
  const before: Values = {
    winReasons: row?.winReasons ?? [],
    lossReasons: row?.lossReasons ?? [],
    reportingCurrency: row?.reportingCurrency ?? null,
    yearBegins: row?.yearBegins ?? null,
  };
  const [values, setValues] = useState(before);
  const [refusal, setRefusal] = useState<Refusal | undefined>();
  const changes = names.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before[name]));
  useUnsaved(changes.length > 0);
  const set = (name: keyof Values, value: unknown) => setValues((known) => ({ ...known, [name]: value }));
  const label = (name: string) => {
    const field = type.field(name);
    return field ? labelOf(type, field) : name;
  };
  const save = async () => {
    const pick = (from: Values) => Object.fromEntries(changes.map((name) => [name, from[name]]));
    const outcome = row
      ? await editRecord(model, type, { row, values: pick(values), base: pick(before) })
      : await createRecord(model, type, pick(values), crypto.randomUUID());
    if (!outcome.ok) return setRefusal(outcome.refusal);
    tellDone(t('change.saved'), outcome.operation, changed);
    changed();
  };
  const { language } = preferences.get();
  const months = Array.from({ length: 12 }, (_, i) => ({
    value: String(i + 1),
    label: new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, i, 1))),
  }));
  return (
    <Section title={t('pipe.agreed')} text={t('pipe.agreedText')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Problems refusal={refusal} shown={names} />
        <div className={styles.pair}>
          {(['winReasons', 'lossReasons'] as const).map((name) => (
            <LinesField
              key={name}
              label={label(name)}
              help={t('pipe.oneEachLine')}
              value={values[name] as string[]}
              set={(next) => set(name, next)}
              error={saidOf(refusal, name)}
            />
          ))}
        </div>
        <div className={styles.pair}>
          <Field label={label('reportingCurrency')} error={saidOf(refusal, 'reportingCurrency')}>
            {({ id, describedBy, invalid }) => (
              <TextInput
                id={id}
                aria-describedby={describedBy}
                aria-invalid={invalid || undefined}
                placeholder={t('pipe.asCompany')}
                maxLength={3}
                value={(values.reportingCurrency as string | null) ?? ''}
                onChange={(event) => set('reportingCurrency', event.target.value.toUpperCase() || null)}
              />
            )}
          </Field>
          <Field label={label('yearBegins')} error={saidOf(refusal, 'yearBegins')}>
            {(bound) => (
              <Select
                {...bound}
                value={values.yearBegins === null ? null : String(values.yearBegins)}
                none={months[0]?.label}
                options={months.slice(1)}
                choose={(month) => set('yearBegins', month === null ? null : Number(month))}
              />
            )}
          </Field>
        </div>
        <div className={styles.end}>
          <Button type="submit" look="primary" disabled={changes.length === 0}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
