import Plus from 'lucide-react/icons/plus';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { type FieldModel, type Model, type RecordType, useModel } from '@/api/model';
import { type Relation, relationsOf, useRelated } from '@/api/related';
import { isMasked, type Row, referredOf, titleOf, valueIn } from '@/api/values';
import { labelOf, manyOf, oneOf } from '@/features/labels';
import { iconOf } from '@/features/nouns';
import { quoted } from '@/lib/filter/text';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { CreatePanel } from '../create/CreatePanel';
import { FieldValue } from '../fields/FieldValue';
import { isBlank } from '../fields/RawValue';
import styles from './Related.module.css';

const details = [
  'status',
  'stageId',
  'amount',
  'jobTitle',
  'email',
  'role',
  'kind',
  'state',
  'purpose',
  'channel',
  'subject',
  'points',
  'createdAt',
];
const most = 2;

/** What is shown of a record that refers to another one: what it is called, or whom else it refers to, and a word or two. */
function namesOf(of: RecordType, by: string): readonly string[] {
  const others = of.fields.filter((field) => field.graph.reference && field.name !== by && !['ownerId', 'teamId'].includes(field.name));
  return [
    ...(of.title ? [of.title] : others.slice(0, 2).map((field) => field.name)),
    ...details.filter((name) => name !== by && of.field(name)?.graph.name),
  ];
}

/** Records that refer to this one. */
export function Related({ type, row }: { readonly type: RecordType; readonly row: Row }) {
  const model = useModel();
  const relations = useMemo(() => relationsOf(model, type, namesOf), [model, type]);
  const { related, failed, again } = useRelated(type, row.id, relations);
  const [adding, setAdding] = useState<Relation | undefined>();
  const filled = relations.filter(({ name }) => (related?.[name]?.totalCount ?? 0) > 0);
  const empty = relations.filter((relation) => !filled.includes(relation));
  const canAdd = ({ of, by }: Relation) => Boolean(of.graph.create) && Boolean(of.field(by)?.graph.input);
  return (
    <div className={styles.related}>
      {failed && (
        <p className={styles.failed}>
          {t('related.failed')}{' '}
          <Button small onClick={again}>
            {t('retry')}
          </Button>
        </p>
      )}
      {!related && !failed && <Sketch of={relations.length} />}
      {related &&
        filled.map((relation) => (
          <Group
            key={relation.name}
            relation={relation}
            id={row.id}
            count={related[relation.name]?.totalCount ?? 0}
            rows={related[relation.name]?.nodes ?? []}
            add={canAdd(relation) ? () => setAdding(relation) : undefined}
          />
        ))}
      {related && filled.length === 0 && <p className={styles.none}>{t('related.none')}</p>}
      {related && empty.some(canAdd) && (
        <div className={styles.empty}>
          {empty.filter(canAdd).map((relation) => (
            <Button key={relation.name} small look="quiet" icon={Plus} onClick={() => setAdding(relation)}>
              {nameOf(relation, oneOf(relation.of))}
            </Button>
          ))}
        </div>
      )}
      {adding && (
        <CreatePanel
          type={adding.of}
          open
          close={() => setAdding(undefined)}
          created={again}
          begin={{ [adding.by]: row.id }}
          beginReferred={{ [adding.by]: row }}
        />
      )}
    </div>
  );
}

/** Contacts; those that report to somebody: Contacts · Reports to. */
function nameOf({ of, by, name }: Relation, noun: string): string {
  const field = of.field(by);
  return name === of.plural || !field ? noun : `${noun} · ${labelOf(of, field)}`;
}

type GroupProps = {
  readonly relation: Relation;
  readonly id: string;
  readonly count: number;
  readonly rows: readonly Row[];
  readonly add: (() => void) | undefined;
};

function Group({ relation, id, count, rows, add }: GroupProps) {
  const model = useModel();
  const { of, by } = relation;
  const Icon = iconOf(of);
  const title = nameOf(relation, manyOf(of));
  const all = `/${of.plural}?${new URLSearchParams({ filter: `${by} = ${quoted(id)}` })}`;
  const heading = `related-${relation.name}`;
  return (
    <section className={styles.group} aria-labelledby={heading}>
      <header className={styles.head}>
        <Icon size={14} aria-hidden />
        <h2 id={heading}>
          <Link href={all}>{title}</Link>
        </h2>
        <span className={styles.count}>{t('related.count', { count })}</span>
        {add && <IconButton label={t('make.one', { label: oneOf(of) })} icon={Plus} className={styles.add} onClick={add} />}
      </header>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Card model={model} of={of} by={by} row={row} />
          </li>
        ))}
      </ul>
      {count > rows.length && (
        <Link href={all} className={styles.all}>
          {t('related.all', { count })}
        </Link>
      )}
    </section>
  );
}

function Card({ model, of, by, row }: { readonly model: Model; readonly of: RecordType; readonly by: string; readonly row: Row }) {
  const title = titleOf(of, row) || whom(model, of, by, row) || t('list.untitled');
  const more = details
    .flatMap((name) => of.field(name) ?? [])
    .filter((field) => field.name !== by && field.name !== of.title && !isMasked(row, field) && !isBlank(valueIn(row, field)))
    .filter((field, _, all) => field.name !== 'createdAt' || all.length === 1)
    .slice(0, most);
  return (
    <Link href={`/${of.plural}/${row.id}`} className={styles.card}>
      <span className={styles.title}>{title}</span>
      {more.length > 0 && (
        <span className={styles.more}>
          {more.map((field) => (
            <span key={field.name}>
              <FieldValue type={of} field={field} row={row} inList />
            </span>
          ))}
        </span>
      )}
    </Link>
  );
}

/** What joins two records is called like the other one. */
const whom = (model: Model, of: RecordType, by: string, row: Row) =>
  of.fields
    .filter((field: FieldModel) => field.graph.reference && field.name !== by)
    .flatMap((field) => {
      const record = referredOf(row, field);
      return record ? titleOf(model.referred(of, field), record) : [];
    })
    .find(Boolean);

const Sketch = ({ of }: { readonly of: number }) => (
  <div className={styles.sketch} aria-busy>
    {Array.from({ length: Math.min(of, 3) * 3 }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
      <Skeleton key={i} width={i % 3 ? '84%' : '40%'} height={i % 3 ? 34 : 16} />
    ))}
  </div>
);
