import ListFilter from 'lucide-react/icons/list-filter';
import { useState } from 'react';
import { parseFilter } from '@/lib/filter/parse';
import { countConditions, emptyGroup } from '@/lib/filter/tree';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { Button } from '@/ui/Button';
import { Popover } from '@/ui/Popover';
import { Skeleton } from '@/ui/Skeleton';
import type { FilterProps } from './FilterBuilder';

const FilterBuilder = soon(() => import('./FilterBuilder').then((file) => file.FilterBuilder));

/** A button that says how many conditions there are, and opens them. */
export function FilterButton({ type, filter, set, problem }: FilterProps) {
  const [open, setOpen] = useState(false);
  const count = filter ? countConditions(parseFilter(filter) ?? emptyGroup) : 0;
  return (
    <Popover
      title={t('filter.title')}
      open={open}
      onOpenChange={setOpen}
      align="end"
      trigger={
        <Button
          small
          icon={ListFilter}
          look={filter ? 'plain' : 'quiet'}
          aria-label={filter ? `${t('filter.title')}: ${count ? t('filter.count', { count }) : filter}` : undefined}
        >
          {filter ? (count ? t('filter.count', { count }) : t('filter.title')) : t('filter.title')}
        </Button>
      }
    >
      <FilterBuilder type={type} filter={filter} set={set} problem={problem} waiting={<Skeleton width={320} height={80} />} />
    </Popover>
  );
}
