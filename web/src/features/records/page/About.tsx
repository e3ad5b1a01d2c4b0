import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import { isEditable, type RecordType } from '@/api/model';
import { useNames } from '@/api/names';
import { isMasked, type Row, valueIn } from '@/api/values';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { FieldLine } from '../fields/FieldLine';
import { isBlank, RawValue } from '../fields/RawValue';
import styles from './About.module.css';
import { type Section, sectionsOf } from './sections';
import { useOpenSections } from './useOpenSections';

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  /** The record as it was then, which is looked at instead. */
  readonly past: Row | undefined;
  /** It is in the trash, or was then. */
  readonly fixed: boolean;
  readonly marks: ReadonlyMap<string, string>;
  readonly showHistory: (field: string) => void;
};

/** What a record says, in groups. */
export function About(props: Props) {
  const sections = useMemo(() => sectionsOf(props.type), [props.type]);
  const [closed, toggle] = useOpenSections(props.type);
  return (
    <div className={styles.about}>
      {sections.map((section) => (
        <Group key={section.id} {...props} section={section} isOpen={!closed.includes(section.id)} toggle={() => toggle(section.id)} />
      ))}
    </div>
  );
}

type GroupProps = Props & { readonly section: Section; readonly isOpen: boolean; readonly toggle: () => void };

function Group({ section, isOpen, toggle, type, row, past, fixed, marks, showHistory }: GroupProps) {
  const [all, setAll] = useState(false);
  const shown = past ?? row;
  const names = useNames(past ? section.fields.map((field) => ({ type, field, value: valueIn(row, field) })) : []);
  const isEmpty = (name: string) => {
    const field = type.field(name);
    return field !== undefined && isBlank(valueIn(shown, field)) && !isMasked(shown, field);
  };
  // What is empty is offered in the first group alone; elsewhere it would hide what is there.
  const rest = section.id === 'main' || all ? [] : section.fields.filter((field) => isEmpty(field.name) && !marks.has(field.name));
  const lines = section.fields.filter((field) => !rest.includes(field));
  const fillable = rest.filter((field) => !fixed && isEditable(field));
  if (lines.length === 0 && fillable.length === 0) return null;
  const heading = `section-${section.id}`;
  return (
    <section className={styles.group} aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        <button type="button" aria-expanded={isOpen} onClick={toggle}>
          <ChevronRight size={14} aria-hidden />
          {t(section.label)}
        </button>
      </h2>
      {isOpen && (
        <>
          <dl className={styles.lines}>
            {lines.map((field) => {
              const now = valueIn(row, field);
              const differs = past && JSON.stringify(valueIn(past, field) ?? null) !== JSON.stringify(now ?? null);
              return (
                <FieldLine
                  key={field.name}
                  type={type}
                  field={field}
                  row={shown}
                  fixed={fixed}
                  mark={marks.get(field.name)}
                  showHistory={() => showHistory(field.name)}
                  note={
                    differs && (
                      <p className={styles.now}>
                        {t('past.now')} <RawValue type={type} field={field} value={now} names={names} />
                      </p>
                    )
                  }
                />
              );
            })}
          </dl>
          {fillable.length > 0 && (
            <Button small look="quiet" className={styles.more} onClick={() => setAll(true)}>
              {t('section.empty', { count: fillable.length })}
            </Button>
          )}
        </>
      )}
    </section>
  );
}
