import Code from 'lucide-react/icons/code';
import ListFilter from 'lucide-react/icons/list-filter';
import Plus from 'lucide-react/icons/plus';
import SquareStack from 'lucide-react/icons/square-stack';
import X from 'lucide-react/icons/x';
import { useMemo, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { parseFilter } from '@/lib/filter/parse';
import { type Condition, emptyGroup, type Group, type Operator, type Path, printFilter, replaceAt, takesNone } from '@/lib/filter/tree';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Combobox } from '@/ui/Combobox';
import { Select } from '@/ui/Select';
import styles from './FilterBuilder.module.css';
import { FilterText } from './FilterText';
import { type Askable, askables, firstValue, operatorsOf } from './operators';
import { ValueEditor } from './ValueEditor';

export type FilterProps = {
  readonly type: RecordType;
  readonly filter: string;
  readonly set: (filter: string) => void;
  readonly problem?: string;
};

/** Conditions, joined and grouped, beside the same in words. What is said is the text; conditions are a way to write it. */
export function FilterBuilder({ type, filter, set, problem }: FilterProps) {
  const model = useModel();
  const fields = useMemo(() => askables(type, (field) => model.referred(type, field)), [model, type]);
  const read = useMemo(() => parseFilter(filter), [filter]);
  const [draft, setDraft] = useState<Group>(read ?? emptyGroup);
  const [asText, setAsText] = useState(read === undefined);
  // What came from elsewhere takes the place of the draft; what is not complete yet stays.
  const shown = read && printFilter(draft) !== filter ? read : draft;
  const change = (next: Group) => {
    setDraft(next);
    const text = printFilter(next);
    if (text !== filter) set(text);
  };
  return (
    <div className={styles.builder}>
      {asText ? (
        <FilterText fields={fields} filter={filter} set={set} problem={problem} tooFree={read === undefined} />
      ) : (
        <>
          <Conditions group={shown} path={[]} fields={fields} change={(path, how) => change(replaceAt(shown, path, how))} />
          {problem && (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
        </>
      )}
      <div className={styles.end}>
        <Button
          small
          look="quiet"
          icon={asText ? ListFilter : Code}
          disabled={asText && read === undefined}
          onClick={() => setAsText(!asText)}
        >
          {asText ? t('filter.builder') : t('filter.text')}
        </Button>
        {filter && (
          <Button
            small
            look="quiet"
            icon={X}
            onClick={() => {
              setDraft(emptyGroup);
              set('');
            }}
          >
            {t('list.clearFilter')}
          </Button>
        )}
      </div>
    </div>
  );
}

type Change = (path: Path, how: (item: Condition | Group) => Condition | Group | undefined) => void;
type GroupProps = { readonly group: Group; readonly path: Path; readonly fields: readonly Askable[]; readonly change: Change };

function Conditions({ group, path, fields, change }: GroupProps) {
  const add = (item: Condition | Group) => change(path, (one) => ({ ...(one as Group), items: [...(one as Group).items, item] }));
  const blank = (): Condition => {
    const [first] = fields;
    const operator = (first && operatorsOf(first.field)[0]?.value) ?? '=';
    return { kind: 'condition', field: first?.path ?? '', operator, values: first ? firstValue(first.field) : [] };
  };
  return (
    <div className={path.length ? styles.group : styles.conditions}>
      {group.items.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place.
        <div key={i} className={styles.line}>
          <span className={styles.join}>
            {i === 0 && t('filter.where')}
            {i === 1 && (
              <Select
                label={t('filter.match')}
                small
                value={group.join}
                options={[
                  { value: 'and', label: t('filter.and') },
                  { value: 'or', label: t('filter.or') },
                ]}
                choose={(join) => join && change(path, (one) => ({ ...(one as Group), join }))}
              />
            )}
            {i > 1 && t(`filter.${group.join}`)}
          </span>
          {item.kind === 'group' ? (
            <Conditions group={item} path={[...path, i]} fields={fields} change={change} />
          ) : (
            <OneCondition condition={item} fields={fields} set={(next) => change([...path, i], () => next)} />
          )}
          <IconButton label={t('remove')} icon={X} onClick={() => change([...path, i], () => undefined)} />
        </div>
      ))}
      <div className={styles.add}>
        <Button small look="quiet" icon={Plus} onClick={() => add(blank())}>
          {t('filter.add')}
        </Button>
        {path.length < 2 && (
          <Button
            small
            look="quiet"
            icon={SquareStack}
            onClick={() => add({ kind: 'group', join: group.join === 'and' ? 'or' : 'and', items: [blank()] })}
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

function OneCondition({
  condition,
  fields,
  set,
}: {
  readonly condition: Condition;
  readonly fields: readonly Askable[];
  readonly set: (next: Condition) => void;
}) {
  const asked = fields.find((one) => one.path === condition.field);
  const operators = asked ? operatorsOf(asked.field) : [];
  const items = fields.map((one) => ({ value: one.path, label: one.label }));
  return (
    <div className={styles.condition}>
      <Combobox
        label={t('filter.field')}
        value={items.find((item) => item.value === condition.field) ?? null}
        items={items}
        choose={(next) => {
          const to = fields.find((one) => one.path === next?.value);
          if (to)
            set({ kind: 'condition', field: to.path, operator: operatorsOf(to.field)[0]?.value ?? '=', values: firstValue(to.field) });
        }}
      />
      <Select<Operator>
        label={t('filter.operator')}
        value={condition.operator}
        options={[
          ...operators.map((one) => ({ value: one.value, label: t(one.label) })),
          ...(operators.some((one) => one.value === condition.operator) ? [] : [{ value: condition.operator, label: condition.operator }]),
        ]}
        choose={(operator) => operator && set({ ...condition, operator, values: takesNone(operator) ? [] : condition.values })}
      />
      <div className={styles.values}>
        {asked && !takesNone(condition.operator) && (
          <ValueEditor key={condition.field} asked={asked} condition={condition} set={(values) => set({ ...condition, values })} />
        )}
      </div>
    </div>
  );
}
