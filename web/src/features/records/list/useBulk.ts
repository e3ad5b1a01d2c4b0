import { bulkEdit, follow } from '@/api/jobs';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { sentenceOf } from '@/features/refusals';
import { formatCount, zone } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { toast, toasts } from '@/ui/toasts';
import { tellDone } from '../change';
import type { useSelection } from './useSelection';

type Deed = Parameters<typeof bulkEdit>[2];
export type Run = (deed: Deed) => Promise<Refusal | undefined>;

/** Begins a job and tells how far it is; at its end it can be undone. */
export function useBulk(type: RecordType, chosen: ReturnType<typeof useSelection>, filter: string, changed: () => void): Run {
  return async (deed) => {
    const meant = chosen.selection.all ? { filter, zone: zone() } : { ids: [...chosen.selection.ids] };
    const { job, refusal } = await bulkEdit(type, meant, deed);
    if (!job) {
      if (refusal && deed.delete) toast({ text: sentenceOf(refusal), bad: true });
      return refusal;
    }
    chosen.clear();
    const told = toasts.add({ title: t('bulk.running'), timeout: 0 });
    void follow(type, job, ({ done, total }) =>
      toasts.update(told, { description: t('bulk.progress', { done: formatCount(Number(done)), total: formatCount(Number(total ?? 0)) }) }),
    ).then((end) => {
      toasts.close(told);
      changed();
      const count = Number(end.changed);
      if (count || !Number(end.failed))
        tellDone(deed.delete ? t('list.wasDeleted', { count }) : t('bulk.done', { count }), end.operation, changed);
      if (Number(end.failed)) toast({ text: t('bulk.refused', { count: Number(end.failed) }), bad: true });
    });
    return undefined;
  };
}
