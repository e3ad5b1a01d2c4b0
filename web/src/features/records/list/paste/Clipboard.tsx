import ClipboardPaste from 'lucide-react/icons/clipboard-paste';
import Copy from 'lucide-react/icons/copy';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import type { RecordList } from '@/api/RecordList';
import { labelOf } from '@/features/labels';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { readTable } from '@/lib/table';
import { toast } from '@/ui/toasts';
import type { Column } from '../columns';
import { type Range, sizeOf } from '../range';
import { copiedIn, copiedType, copyOf } from './copied';
import { PasteDialog, type Pasting } from './PasteDialog';
import { type Change, planPaste, type Source } from './plan';

type Props = {
  readonly type: RecordType;
  readonly list: RecordList;
  readonly columns: readonly Column[];
  /** The cells that are chosen. */
  readonly range: Range;
  readonly grid: RefObject<HTMLElement | null>;
  /** Is given what empties all cells that are chosen. */
  readonly empty: RefObject<(() => void) | undefined>;
  readonly writeOne: (change: Change) => void;
};

/** Copying and pasting of the cells that are chosen. A single value is written as if it were typed; more than that is shown before. */
export function Clipboard(props: Props) {
  const { type, list, range, grid, empty, writeOne } = props;
  const model = useModel();
  const [pasting, setPasting] = useState<Pasting | undefined>();
  const [copied, setCopied] = useState('');
  const { rows, columns: width } = sizeOf(range);
  const put = async (source: Source) => {
    const isOne = rows * width === 1 && source.texts.length === 1 && source.texts[0]?.length === 1;
    if (!isOne) return setPasting({ range, source, columns: props.columns });
    const plan = await planPaste({ model, type, list, columns: props.columns }, range, source).catch(() => undefined);
    const [misfit] = plan?.misfits ?? [];
    if (!plan) toast({ text: t('fail.server'), bad: true });
    else if (misfit) toast({ text: t('change.failed', { label: labelOf(type, misfit.field) }), detail: misfit.why, bad: true });
    else plan.changes.forEach(writeOne);
  };
  const take = (text: string, exact = '') => {
    if (text) void put({ texts: readTable(text, '\t'), exact: copiedIn(exact) });
    else toast({ text: t('paste.noText') });
  };
  const onCopy = (event: ClipboardEvent) => {
    const { text, exact } = copyOf({ model, type, columns: props.columns, row: list.row }, range);
    event.clipboardData?.setData('text/plain', text);
    event.clipboardData?.setData(copiedType, exact);
    setCopied(t('list.copied', { count: rows * width }));
  };
  const onPaste = ({ clipboardData: told }: ClipboardEvent) => take(told?.getData('text/plain') ?? '', told?.getData(copiedType));
  // Where there are no keys, the command menu has both.
  const clipboard = navigator.clipboard as globalThis.Clipboard | undefined;
  useActions([
    {
      id: 'list.copyCells',
      label: t('keys.copy'),
      icon: Copy,
      group: 'list',
      allowed: () => Boolean(clipboard),
      run: () => {
        const { text } = copyOf({ model, type, columns: props.columns, row: list.row }, range);
        clipboard?.writeText(text).then(
          () => toast({ text: t('list.copied', { count: rows * width }) }),
          () => toast({ text: t('paste.notCopied'), bad: true }),
        );
      },
    },
    {
      id: 'list.pasteCells',
      label: t('paste.title'),
      icon: ClipboardPaste,
      group: 'list',
      allowed: () => Boolean(clipboard?.readText),
      run: () =>
        void clipboard?.readText().then(
          (text) => take(text),
          () => toast({ text: t('paste.notRead'), bad: true }),
        ),
    },
  ]);
  const latest = useRef({ onCopy, onPaste, put });
  latest.current = { onCopy, onPaste, put };
  useEffect(() => {
    const on = grid.current;
    // Whoever marks words or types in a cell means those.
    const heard = (event: ClipboardEvent) => {
      if (event.target !== on) return;
      event.preventDefault();
      if (event.type === 'copy') latest.current.onCopy(event);
      else latest.current.onPaste(event);
    };
    on?.addEventListener('copy', heard);
    on?.addEventListener('paste', heard);
    empty.current = () => void latest.current.put({ texts: [['']] });
    return () => {
      on?.removeEventListener('copy', heard);
      on?.removeEventListener('paste', heard);
    };
  }, [grid, empty]);
  return (
    <>
      <p role="status" className="unseen">
        {rows * width > 1 ? t('list.range', { rows, columns: width }) : ''} {copied}
      </p>
      {pasting && <PasteDialog type={type} list={list} pasting={pasting} close={() => setPasting(undefined)} />}
    </>
  );
}
