import { type ClipboardEvent, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import type { RecordList } from '@/api/RecordList';
import { labelOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { readTable } from '@/lib/table';
import { toast } from '@/ui/toasts';
import type { Column } from '../columns';
import { type Range, sizeOf } from '../range';
import { copiedIn, copiedType, copyOf } from './copied';
import type { Pasting } from './PasteDialog';
import { type Change, planPaste, type Source } from './plan';

type Where = { readonly type: RecordType; readonly list: RecordList; readonly columns: readonly Column[]; readonly range: Range };

/** Copying and pasting of the cells that are chosen. A single value is written as if it were typed; more than that is shown before. */
export function usePaste({ type, list, columns, range }: Where, writeOne: (change: Change) => void) {
  const model = useModel();
  const [pasting, setPasting] = useState<Pasting | undefined>();
  const [copied, setCopied] = useState('');
  const put = async (source: Source) => {
    const size = sizeOf(range);
    const isOne = size.rows * size.columns === 1 && source.texts.length === 1 && source.texts[0]?.length === 1;
    if (!isOne) return setPasting({ range, source, columns });
    const plan = await planPaste({ model, type, list, columns }, range, source).catch(() => undefined);
    const [misfit] = plan?.misfits ?? [];
    if (!plan) toast({ text: t('fail.server'), bad: true });
    else if (misfit) toast({ text: t('change.failed', { label: labelOf(type, misfit.field) }), detail: misfit.why, bad: true });
    else plan.changes.forEach(writeOne);
  };
  // Whoever marks words or types in a cell means those.
  const isMeant = (event: ClipboardEvent<HTMLElement>) => event.target === event.currentTarget;
  return {
    pasting,
    close: () => setPasting(undefined),
    /** What was copied last, for who hears it. */
    copied,
    onCopy: (event: ClipboardEvent<HTMLElement>) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      const { text, exact } = copyOf({ model, type, columns, row: list.row }, range);
      event.clipboardData.setData('text/plain', text);
      event.clipboardData.setData(copiedType, exact);
      const { rows, columns: width } = sizeOf(range);
      setCopied(t('list.copied', { count: rows * width }));
    },
    onPaste: (event: ClipboardEvent<HTMLElement>) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      const text = event.clipboardData.getData('text/plain');
      if (text) void put({ texts: readTable(text, '\t'), exact: copiedIn(event.clipboardData.getData(copiedType)) });
      else toast({ text: t('paste.noText') });
    },
    /** Empties all cells that are chosen. */
    empty: () => void put({ texts: [['']] }),
  };
}
