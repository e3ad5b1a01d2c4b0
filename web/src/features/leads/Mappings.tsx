import ArrowRight from 'lucide-react/icons/arrow-right';
import { useEffect, useState } from 'react';
import { type Mapping, readMappings } from '@/api/leads';
import { may, type RecordType, useModel } from '@/api/model';
import { labelOf, oneOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import styles from './ConvertDialog.module.css';

type Props = { readonly lead: RecordType; readonly targets: Readonly<Record<string, RecordType | undefined>> };

/** Where fields of a lead go, as far as the company has said it itself. */
export function Mappings({ lead, targets }: Props) {
  const type = useModel().byPlural('conversionMappings');
  const [mappings, setMappings] = useState<readonly Mapping[]>([]);
  useEffect(() => {
    if (!type?.graph.list || !may(type, 'read')) return;
    let current = true;
    readMappings(type).then(
      (told) => current && setMappings(told),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [type]);
  if (mappings.length === 0) return null;
  const named = (of: RecordType | undefined, name: string) => {
    const field = of?.field(name);
    return of && field ? labelOf(of, field) : name;
  };
  return (
    <details className={styles.mappings}>
      <summary>{t('convert.mappings', { count: mappings.length })}</summary>
      <ul>
        {mappings.map(({ target, to, from }) => {
          const of = targets[target];
          return (
            <li key={`${target} ${to}`}>
              {from ? named(lead, from) : t('convert.nothing')}
              <ArrowRight size={12} aria-label={t('history.to')} />
              {of ? `${oneOf(of)}: ` : ''}
              {named(of, to)}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
