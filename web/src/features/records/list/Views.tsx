import ChevronDown from 'lucide-react/icons/chevron-down';
import Pencil from 'lucide-react/icons/pencil';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import Save from 'lucide-react/icons/save';
import Star from 'lucide-react/icons/star';
import Trash2 from 'lucide-react/icons/trash-2';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { RecordType } from '@/api/model';
import type { Refusal } from '@/api/problems';
import { deleteView, saveView, type View, type ViewInput } from '@/api/views';
import { manyOf } from '@/features/labels';
import { sentenceOf } from '@/features/refusals';
import { cx } from '@/lib/classes';
import { formatCount } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { Button } from '@/ui/Button';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { toast } from '@/ui/toasts';
import { tellDone } from '../change';
import type { Shown } from './useListUrl';
import styles from './Views.module.css';

const ViewDialog = soon(() => import('./ViewDialog').then((file) => file.ViewDialog));

/** What the list shows now, to be kept as a view. */
export type Looked = Pick<ViewInput, 'filter' | 'sort' | 'columns'>;

type Props = {
  readonly type: RecordType;
  readonly views: readonly View[];
  readonly active: View | undefined;
  readonly looked: Looked;
  readonly isChanged: boolean;
  readonly show: (change: Partial<Record<keyof Shown, string | null>>) => void;
  readonly again: () => void;
};

const afresh = { filter: null, sort: null, q: null, columns: null } as const;

/** Saved views beside each other, each with an address of its own. */
export function Views({ type, views, active, looked, isChanged, show, again }: Props) {
  // A view of a list is one of its board, too.
  const [path] = useLocation();
  const [dialog, setDialog] = useState<'new' | 'rename' | undefined>();
  const done = (text: string, operation: string | null, refusal: Refusal | undefined) => {
    if (refusal) toast({ text: sentenceOf(refusal), bad: true });
    else tellDone(text, operation, again);
    again();
  };
  const change = async (view: View, input: ViewInput) => {
    const { operation, refusal } = await saveView(type, input, view.id);
    done(t('view.saved'), operation, refusal);
    if (!refusal) show({ view: view.id, ...afresh });
  };
  const remove = async (view: View) => {
    const { operation, refusal } = await deleteView(type, view.id);
    done(t('view.deleted'), operation, refusal);
    if (!refusal) show({ view: null, ...afresh });
  };
  return (
    <>
      <nav aria-label={t('view.tabs')} className={styles.tabs}>
        <Tab href={`${path}?view=all`} isHere={!active} label={t('view.all', { labels: manyOf(type) })} />
        {views.map((view) => (
          <span key={view.id} className={styles.both}>
            <Tab
              href={`${path}?view=${view.id}`}
              isHere={active?.id === view.id}
              label={view.name}
              count={view.count}
              capped={view.countCapped ?? false}
            />
            {active?.id === view.id && (
              <Menu
                trigger={
                  <button type="button" className={styles.menu} aria-label={t('more')}>
                    <ChevronDown size={14} aria-hidden />
                  </button>
                }
              >
                <MenuItem icon={Pencil} run={() => setDialog('rename')}>
                  {t('rename')}
                </MenuItem>
                <MenuItem icon={Star} disabled={view.default ?? false} run={() => void change(view, { default: true })}>
                  {t('view.default')}
                </MenuItem>
                <MenuSeparator />
                <MenuItem icon={Trash2} danger run={() => void remove(view)}>
                  {t('delete')}
                </MenuItem>
              </Menu>
            )}
          </span>
        ))}
        {isChanged && (
          <span className={styles.changed}>
            {active && (
              <Button small look="quiet" icon={RotateCcw} onClick={() => show({ view: active.id, ...afresh })}>
                {t('view.reset')}
              </Button>
            )}
            {active && (
              <Button small look="quiet" icon={Save} onClick={() => void change(active, looked)}>
                {t('view.update')}
              </Button>
            )}
            <Button small look="quiet" icon={Save} onClick={() => setDialog('new')}>
              {t('view.save')}
            </Button>
          </span>
        )}
      </nav>
      {dialog && (
        <ViewDialog
          type={type}
          view={dialog === 'rename' ? active : undefined}
          looked={looked}
          close={() => setDialog(undefined)}
          saved={(id, operation) => {
            setDialog(undefined);
            done(t('view.saved'), operation, undefined);
            if (dialog === 'new' && id) show({ view: id, ...afresh });
          }}
        />
      )}
    </>
  );
}

type TabProps = {
  readonly href: string;
  readonly isHere: boolean;
  readonly label: string;
  readonly count?: number | null;
  readonly capped?: boolean;
};

const Tab = ({ href, isHere, label, count, capped }: TabProps) => (
  <Link href={href} aria-current={isHere ? 'page' : undefined} className={cx(styles.tab, isHere && styles.here)}>
    {label}
    {count !== undefined && count !== null && (
      <span className={styles.count}>
        {formatCount(count)}
        {capped && '+'}
      </span>
    )}
  </Link>
);
