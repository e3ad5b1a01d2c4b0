import ListX from 'lucide-react/icons/list-x';
import type { ComponentType } from 'react';
import { useParams } from 'wouter';
import { may, type RecordType, useModel } from '@/api/model';
import { t } from '@/lib/i18n/t';
import { EmptyState } from '@/ui/EmptyState';

/** A screen for the record type that the address names, where there is one and somebody may. */
export const screenOf = (Shown: ComponentType<{ readonly type: RecordType }>, mayUse = (type: RecordType) => may(type, 'read')) =>
  function ScreenOf() {
    const { plural = '' } = useParams<{ plural: string }>();
    const type = useModel().byPlural(plural);
    if (!type?.graph.list || !mayUse(type))
      return (
        <EmptyState page icon={ListX} title={t('fail.notFound')}>
          {t('fail.notFoundText')}
        </EmptyState>
      );
    return <Shown key={plural} type={type} />;
  };
