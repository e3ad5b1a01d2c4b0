import { useEffect, useRef, useState } from 'react';
import { type RecordType, useModel } from '@/api/model';
import { type Refusal, refusalOfError } from '@/api/problems';
import type { RecordList } from '@/api/RecordList';
import { sentenceOf } from '@/features/refusals';
import { t } from '@/lib/i18n/t';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Skeleton } from '@/ui/Skeleton';
import { toast } from '@/ui/toasts';
import { tellDone } from '../../change';
import type { Column } from '../columns';
import type { Range } from '../range';
import { Changes, Misfits } from './CellLists';
import styles from './Paste.module.css';
import { type Change, type Plan, planPaste, type Source } from './plan';
import { RefusedCells } from './RefusedCells';
import { type Refused, writeCells } from './write';

export type Pasting = { readonly range: Range; readonly source: Source; readonly columns: readonly Column[] };

type Props = { readonly type: RecordType; readonly list: RecordList; readonly pasting: Pasting; readonly close: () => void };

type Stage =
  | { readonly at: 'reading' }
  | { readonly at: 'unread'; readonly refusal: Refusal }
  | { readonly at: 'asking'; readonly plan: Plan }
  | { readonly at: 'writing'; readonly done: number; readonly total: number }
  | { readonly at: 'refused'; readonly written: number; readonly refused: readonly Refused[] };

const recordsOf = (changes: readonly Change[]) => new Set(changes.map(({ row }) => row.id)).size;

const inRecords = (count: number) => t('paste.inRecords', { count });

/** Says what pasting comes to, writes it when that is wanted, and keeps what was refused in front of the person. */
export function PasteDialog({ type, list, pasting, close }: Props) {
  const model = useModel();
  const [stage, setStage] = useState<Stage>({ at: 'reading' });
  const [round, setRound] = useState(0);
  const primary = useRef<HTMLButtonElement>(null);
  const isStopped = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round reads again; what changes in the model meanwhile takes nothing away that is decided about.
  useEffect(() => {
    let current = true;
    planPaste({ model, type, list, columns: pasting.columns }, pasting.range, pasting.source).then(
      (plan) => {
        if (!current) return;
        if (plan.changes.length + plan.misfits.length) return setStage({ at: 'asking', plan });
        toast({ text: t('paste.nothing') });
        close();
      },
      (error: Error) => current && setStage({ at: 'unread', refusal: refusalOfError(error) }),
    );
    return () => {
      current = false;
    };
  }, [round]);
  // What is to be decided comes after what is read.
  useEffect(() => {
    if (stage.at === 'asking') primary.current?.focus();
  }, [stage.at]);

  const write = async (changes: readonly Change[], before: number) => {
    isStopped.current = false;
    const total = recordsOf(changes);
    setStage({ at: 'writing', done: 0, total });
    const written = await writeCells(model, type, changes, {
      done: (done) => setStage({ at: 'writing', done, total }),
      isStopped: () => isStopped.current,
    });
    list.refresh();
    if (written.cells)
      tellDone(t('paste.done', { count: written.cells, records: inRecords(written.records) }), written.operations, list.refresh);
    if (written.refused.length) setStage({ at: 'refused', written: before + written.cells, refused: written.refused });
    else close();
  };
  const leave = () => {
    isStopped.current = true;
    if (stage.at !== 'writing') close();
  };

  switch (stage.at) {
    case 'reading':
      return (
        <Dialog open close={leave} place="wide" title={t('paste.title')} footer={<Button onClick={leave}>{t('cancel')}</Button>}>
          <div className={styles.reading} aria-busy="true">
            <Skeleton />
            <Skeleton />
            <Skeleton />
          </div>
        </Dialog>
      );
    case 'unread':
      return (
        <Dialog
          open
          close={leave}
          title={t('paste.title')}
          footer={
            <>
              <Button onClick={leave}>{t('cancel')}</Button>
              <Button look="primary" onClick={() => setRound((n) => n + 1)}>
                {t('retry')}
              </Button>
            </>
          }
        >
          <p role="alert">{sentenceOf(stage.refusal)}</p>
        </Dialog>
      );
    case 'asking': {
      const { changes } = stage.plan;
      return (
        <Dialog
          open
          close={leave}
          place="wide"
          title={t('paste.title')}
          description={t('paste.says', { count: changes.length, records: inRecords(recordsOf(changes)) })}
          footer={
            <>
              <Button onClick={leave}>{t('cancel')}</Button>
              <Button ref={primary} look="primary" disabled={changes.length === 0} onClick={() => void write(changes, 0)}>
                {t('paste.run', { count: changes.length })}
              </Button>
            </>
          }
        >
          <Beside plan={stage.plan} />
          <Misfits type={type} cells={stage.plan.misfits} />
          <Changes type={type} cells={changes} />
        </Dialog>
      );
    }
    case 'writing':
      return (
        <Dialog
          open
          close={leave}
          title={t('paste.title')}
          footer={
            <Button disabled={isStopped.current} onClick={leave}>
              {t('paste.stop')}
            </Button>
          }
        >
          <div className={styles.writing} role="status">
            <progress max={stage.total} value={stage.done} aria-label={t('bulk.running')} />
            {t('bulk.progress', { done: stage.done, total: stage.total })}
          </div>
        </Dialog>
      );
    case 'refused':
      return (
        <RefusedCells
          type={type}
          written={stage.written}
          refused={stage.refused}
          close={close}
          write={(changes) => void write(changes, stage.written)}
        />
      );
  }
}

/** What is not pasted and why, beside what is not understood. */
function Beside({ plan: { same, beyond } }: { readonly plan: Plan }) {
  const says = [
    same ? t('paste.same', { count: same }) : '',
    beyond.rows ? t('paste.beyondRows', { count: beyond.rows }) : '',
    beyond.columns ? t('paste.beyondColumns', { count: beyond.columns }) : '',
  ].filter(Boolean);
  return says.length ? <p className={styles.beside}>{says.join(' ')}</p> : null;
}
