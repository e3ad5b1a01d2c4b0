import CalendarClock from 'lucide-react/icons/calendar-clock';
import MoreHorizontal from 'lucide-react/icons/ellipsis';
import Link2 from 'lucide-react/icons/link-2';
import Play from 'lucide-react/icons/play';
import Trash2 from 'lucide-react/icons/trash-2';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { deleteRecord } from '@/api/changes';
import { type RecordType, useModel } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { type Slice, useSlices } from '@/api/slices';
import type { Row } from '@/api/values';
import { sentenceOf } from '@/features/refusals';
import { type Action, useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { Button, IconButton } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { toast } from '@/ui/toasts';
import { tellDone } from '../change';
import { parts } from './parts';
import { SliceDialog } from './SliceDialog';
import type { PageShown } from './usePageUrl';
import { sliceLabel } from './words';

type Props = {
  readonly type: RecordType;
  readonly row: Row;
  readonly title: string;
  readonly address: string;
  readonly shown: PageShown;
  readonly show: (change: { [K in keyof PageShown]?: PageShown[K] | null }) => void;
  readonly changed: () => void;
};

/** What can be done with a record: in its menu, on the keyboard, in the command menu. */
export function RecordActions({ type, row, title, address, shown, show, changed }: Props) {
  const model = useModel();
  const [, go] = useLocation();
  const part = parts[type.plural];
  const deeds = (part?.deeds ?? []).filter((deed) => deed.allowed(model, row));
  const without = useMemo(() => [...(part?.slices ?? []), ...(part?.deeds ?? []).flatMap((deed) => deed.slices)], [part]);
  const slices = useSlices(type, without);
  // A dialog stays what it is when what it does has changed what may be done.
  const [last, setLast] = useState<string | undefined>();
  if (shown.do && shown.do !== last && [...deeds.map((one) => one.id), ...slices.map((one) => one.name)].includes(shown.do))
    setLast(shown.do);
  const [asks, setAsks] = useState<Refusal | undefined>();
  const copy = () => {
    const to = `${location.origin}/${type.plural}/${row.id}`;
    navigator.clipboard?.writeText(to).then(
      () => toast({ text: t('record.copied') }),
      () => toast({ text: t('record.notCopied'), detail: to, bad: true }),
    );
  };
  const remove = async (confirm = false) => {
    setAsks(undefined);
    const outcome = await deleteRecord(model, type, row.id, confirm);
    if (outcome.ok) {
      tellDone(t('change.deleted', { title }), outcome.operation, changed);
      return go(address);
    }
    // Some things are deleted only by who has been told what follows.
    if (!confirm && outcome.refusal.problems.some(({ code }) => code === 'in_use' || code === 'confirm')) return setAsks(outcome.refusal);
    toast({ text: t('record.notDeleted'), detail: sentenceOf(outcome.refusal, type), bad: true });
  };
  const actions: Action[] = [
    ...deeds.map(
      (deed): Action => ({
        id: `record.${deed.id}`,
        label: t(deed.label),
        icon: deed.icon,
        group: 'record',
        run: () => show({ do: deed.id }),
      }),
    ),
    ...slices.map(
      (slice): Action => ({
        id: `record.${slice.name}`,
        label: sliceLabel(slice.name),
        icon: Play,
        group: 'record',
        run: () => show({ do: slice.name }),
      }),
    ),
    { id: 'record.copy', label: t('record.copy'), icon: Link2, group: 'record', keys: ['mod+shift+l'], run: copy },
    {
      id: 'record.past',
      label: t('past.open'),
      icon: CalendarClock,
      group: 'record',
      run: () => show({ asOf: new Date().toISOString(), tab: 'about' }),
    },
    ...(type.graph.delete
      ? [{ id: 'record.delete', label: t('record.delete'), icon: Trash2, group: 'record', run: () => void remove() } satisfies Action]
      : []),
  ];
  useActions(actions);
  const first = deeds.find((deed) => deed.first);
  const slice: Slice | undefined = slices.find((one) => one.name === last);
  const deed = part?.deeds?.find((one) => one.id === last);
  const close = () => show({ do: null });
  return (
    <>
      {first && (
        <Button look="primary" icon={first.icon} onClick={() => show({ do: first.id })}>
          {t(first.label)}
        </Button>
      )}
      <Menu align="end" trigger={<IconButton label={t('record.actions')} icon={MoreHorizontal} />}>
        {actions
          .filter((action) => action.id !== 'record.delete' && action.id !== `record.${first?.id}`)
          .map((action) => (
            <MenuItem key={action.id} icon={action.icon} keys={action.keys?.[0]} run={action.run}>
              {action.label}
            </MenuItem>
          ))}
        {type.graph.delete && (
          <>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger run={() => void remove()}>
              {t('record.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {slice && (
        <SliceDialog key={slice.name} type={type} row={row} slice={slice} open={shown.do === slice.name} close={close} done={changed} />
      )}
      {deed && <deed.dialog key={deed.id} type={type} row={row} open={shown.do === deed.id} close={close} />}
      <Dialog
        open={asks !== undefined}
        close={() => setAsks(undefined)}
        title={t('record.deleteAnyway')}
        footer={
          <>
            <Button onClick={() => setAsks(undefined)}>{t('cancel')}</Button>
            <Button look="danger" onClick={() => void remove(true)}>
              {t('record.delete')}
            </Button>
          </>
        }
      >
        {asks && sentenceOf(asks, type)}
      </Dialog>
    </>
  );
}
