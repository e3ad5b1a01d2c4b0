import FileUp from 'lucide-react/icons/file-up';
import Inbox from 'lucide-react/icons/inbox';
import ListX from 'lucide-react/icons/list-x';
import Plus from 'lucide-react/icons/plus';
import Trash2 from 'lucide-react/icons/trash-2';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useList } from '@/api/hooks';
import type { RecordType } from '@/api/model';
import { useViews } from '@/api/views';
import { manyOf, oneOf } from '@/features/labels';
import { screenOf } from '@/features/records/screenOf';
import { sentenceOf } from '@/features/refusals';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { narrow, useMedia } from '@/lib/useMedia';
import { Button, IconButton } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { noteList } from '../cameFrom';
import { mayImport } from '../import/mayImport';
import type { Column } from './columns';
import { Grid } from './Grid';
import { Head, Tools } from './Head';
import { LayoutSwitch } from './LayoutSwitch';
import styles from './ListScreen.module.css';
import { Toolbar } from './Toolbar';
import { useArrangement } from './useArrangement';
import { useListUrl } from './useListUrl';
import { useSelection } from './useSelection';
import { Views } from './Views';

const BulkBar = soon(() => import('./BulkBar').then((file) => file.BulkBar));
const CreatePanel = soon(() => import('../create/CreatePanel').then((file) => file.CreatePanel));
const Peek = soon(() => import('../peek/Peek').then((file) => file.Peek));

/** `/contacts`: the records of a type. */
export const ListScreen = screenOf(Records);

// On a phone the column that stays must leave room for those that move.
const slim = (column: Column): Column => (column.pinned ? { ...column, width: Math.min(column.width, 152) } : column);

function Records({ type }: { readonly type: RecordType }) {
  const [shown, show] = useListUrl();
  const [, go] = useLocation();
  const { views, again } = useViews(type);
  const view =
    shown.view === 'all'
      ? undefined
      : (views.find((one) => one.id === shown.view) ?? (shown.view ? undefined : views.find((one) => one.default)));
  const { columns, names, deeds } = useArrangement(type, shown, show, view?.columns ?? undefined, Boolean(view));
  // What the address says goes before what the view says; said empty, it is taken away from the view.
  const filter = shown.filter ?? view?.filter ?? '';
  const sort = shown.sort ?? view?.sort ?? '';
  const asked = useMemo(() => [...new Set([...(type.title ? [type.title] : []), ...names])], [type, names]);
  const { list, ...snapshot } = useList(type, { filter, sort, q: shown.q, columns: asked });
  const chosen = useSelection(list);
  const { density } = useStore(preferences);
  const isCoarse = useMedia('(pointer: coarse)');
  const isNarrow = useMedia(narrow);
  const [creating, setCreating] = useState<boolean | undefined>();
  const laidOut = useMemo(() => (isNarrow ? columns.map(slim) : columns), [isNarrow, columns]);
  const canCreate = Boolean(type.graph.create);
  useEffect(() => {
    document.title = `${manyOf(type)} · CRM`;
  }, [type]);
  const search = useSearch();
  useEffect(() => noteList(type.plural, search ? `/${type.plural}?${search}` : `/${type.plural}`, list), [type, search, list]);
  const canRestore = Boolean(type.graph.restore);
  const canImport = mayImport(type);
  const bring = t('import.of', { labels: manyOf(type) });
  const trash = t('trash.of', { labels: manyOf(type) });
  const create = t('make.one', { label: oneOf(type) });
  useActions([
    { id: 'make', label: create, icon: Plus, group: 'make', keys: ['c'], allowed: () => canCreate, run: () => setCreating(true) },
    {
      id: 'list.import',
      label: bring,
      icon: FileUp,
      group: 'list',
      allowed: () => canImport,
      run: () => go(`/${type.plural}/import`),
    },
    { id: 'list.trash', label: trash, icon: Trash2, group: 'list', allowed: () => canRestore, run: () => go(`/${type.plural}/trash`) },
  ]);
  const isFiltered = Boolean(filter || shown.q);
  const isChanged = [shown.filter, shown.sort, shown.columns].some((said) => said !== undefined);
  const clear = () => show({ filter: view?.filter ? '' : null, q: null });
  const problem = snapshot.refusal && sentenceOf(snapshot.refusal);
  const step = (by: 1 | -1) => {
    for (let i = 0; i < snapshot.length; i++)
      if (list.row(i)?.id === shown.peek) return show({ peek: list.row(i + by)?.id ?? shown.peek }, true);
  };

  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <Head title={manyOf(type)}>
          {canRestore && <IconButton label={trash} icon={Trash2} onClick={() => go(`/${type.plural}/trash`)} />}
          <LayoutSwitch type={type} />
          {canCreate && (
            <Button small look="primary" icon={Plus} aria-label={create} onClick={() => setCreating(true)}>
              {t('make.new')}
            </Button>
          )}
        </Head>
        <Tools>
          {chosen.selection.all || chosen.selection.ids.size > 0 ? (
            <BulkBar type={type} chosen={chosen} total={snapshot.total} filter={filter} canMeanAll={!shown.q} changed={list.refresh} />
          ) : (
            <>
              <Views
                type={type}
                views={views}
                active={view}
                looked={{ filter: filter || null, sort: sort || null, columns: names }}
                isChanged={isChanged}
                show={show}
                again={again}
              />
              <Toolbar
                type={type}
                q={shown.q ?? ''}
                filter={filter}
                sort={sort}
                search={(q) => show({ q: q || null }, true)}
                narrow={(next) => show({ filter: next || (view?.filter ? '' : null) }, true)}
                names={names}
                add={deeds.add}
                hide={deeds.hide}
                problem={problem}
              />
            </>
          )}
        </Tools>
        {problem && snapshot.length === 0 ? (
          <EmptyState icon={ListX} title={t('list.failed')} actions={<Button onClick={list.refresh}>{t('retry')}</Button>}>
            {problem}
          </EmptyState>
        ) : snapshot.ready && snapshot.length === 0 ? (
          isFiltered ? (
            <EmptyState icon={ListX} title={t('list.noMatch')} actions={<Button onClick={clear}>{t('list.clearFilter')}</Button>}>
              {t('list.noMatchText')}
            </EmptyState>
          ) : (
            <EmptyState
              icon={Inbox}
              title={t('list.empty', { labels: manyOf(type) })}
              actions={
                canCreate && (
                  <>
                    <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>
                      {create}
                    </Button>
                    {canImport && (
                      <Button icon={FileUp} onClick={() => go(`/${type.plural}/import`)}>
                        {t('import.title')}
                      </Button>
                    )}
                  </>
                )
              }
            >
              {t('list.emptyText')}
            </EmptyState>
          )
        ) : (
          <Grid
            type={type}
            list={list}
            snapshot={snapshot}
            columns={laidOut}
            sort={sort || undefined}
            deeds={deeds}
            chosen={chosen}
            peeked={shown.peek}
            peek={(id) => (isNarrow ? go(`/${type.plural}/${id}`) : show({ peek: id === shown.peek ? null : id }, Boolean(shown.peek)))}
            rowHeight={isCoarse ? 44 : density === 'compact' ? 32 : 40}
          />
        )}
      </div>
      {shown.peek && <Peek key={shown.peek} type={type} id={shown.peek} close={() => show({ peek: null })} step={step} />}
      {creating !== undefined && (
        <CreatePanel
          type={type}
          open={creating}
          close={() => setCreating(false)}
          created={(row) => {
            list.refresh();
            if (!isNarrow) show({ peek: row.id }, true);
          }}
        />
      )}
    </div>
  );
}
