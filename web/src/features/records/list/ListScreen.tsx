import Inbox from 'lucide-react/icons/inbox';
import ListX from 'lucide-react/icons/list-x';
import PanelLeftOpen from 'lucide-react/icons/panel-left-open';
import Plus from 'lucide-react/icons/plus';
import { useEffect, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useList } from '@/api/hooks';
import { may, type RecordType, useModel } from '@/api/model';
import { manyOf, oneOf } from '@/features/labels';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { prefer, preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { narrow, useMedia } from '@/lib/useMedia';
import { Button, IconButton } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { sentenceOf } from '../change';
import { CreatePanel } from '../create/CreatePanel';
import { Peek } from '../peek/Peek';
import { Grid } from './Grid';
import { LayoutSwitch } from './LayoutSwitch';
import styles from './ListScreen.module.css';
import { Toolbar } from './Toolbar';
import { useArrangement } from './useArrangement';
import { useListUrl } from './useListUrl';
import { useSelection } from './useSelection';

/** `/contacts`: the records of a type. */
export function ListScreen() {
  const { plural = '' } = useParams<{ plural: string }>();
  const type = useModel().byPlural(plural);
  if (!type?.graph.list || !may(type, 'read'))
    return (
      <EmptyState icon={ListX} title={t('fail.notFound')}>
        {t('fail.notFoundText')}
      </EmptyState>
    );
  return <Records key={plural} type={type} />;
}

function Records({ type }: { readonly type: RecordType }) {
  const [shown, show] = useListUrl();
  const [, go] = useLocation();
  const { columns, names, deeds } = useArrangement(type, shown, show);
  const asked = useMemo(() => [...new Set([...(type.title ? [type.title] : []), ...names])], [type, names]);
  const { list, ...snapshot } = useList(type, { filter: shown.filter, sort: shown.sort, q: shown.q, columns: asked });
  const chosen = useSelection(list);
  const { density, sidebar } = useStore(preferences);
  const isCoarse = useMedia('(pointer: coarse)');
  const isNarrow = useMedia(narrow);
  const [creating, setCreating] = useState(false);
  const canCreate = Boolean(type.graph.create);
  useEffect(() => {
    document.title = `${manyOf(type)} · CRM`;
  }, [type]);
  const create = t('make.one', { label: oneOf(type) });
  useActions([
    { id: 'make', label: create, icon: Plus, group: 'make', keys: ['c'], allowed: () => canCreate, run: () => setCreating(true) },
  ]);
  const isFiltered = Boolean(shown.filter || shown.q);
  const problem = snapshot.refusal && sentenceOf(snapshot.refusal);
  const step = (by: 1 | -1) => {
    for (let i = 0; i < snapshot.length; i++)
      if (list.row(i)?.id === shown.peek) return show({ peek: list.row(i + by)?.id ?? shown.peek }, true);
  };

  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <header className={styles.bar}>
          {!isNarrow && !sidebar && (
            <IconButton label={t('nav.expand')} icon={PanelLeftOpen} keys="mod+b" onClick={() => prefer({ sidebar: true })} />
          )}
          <h1 className={styles.title}>{manyOf(type)}</h1>
          <LayoutSwitch type={type} />
          {canCreate && (
            <Button small look="primary" icon={Plus} aria-label={create} onClick={() => setCreating(true)}>
              {t('create')}
            </Button>
          )}
        </header>
        <div className={styles.tools}>
          <Toolbar type={type} shown={shown} show={show} names={names} add={deeds.add} hide={deeds.hide} problem={problem} />
        </div>
        {problem && snapshot.length === 0 ? (
          <EmptyState icon={ListX} title={t('list.failed')} actions={<Button onClick={list.refresh}>{t('retry')}</Button>}>
            {problem}
          </EmptyState>
        ) : snapshot.ready && snapshot.length === 0 ? (
          isFiltered ? (
            <EmptyState
              icon={ListX}
              title={t('list.noMatch')}
              actions={<Button onClick={() => show({ filter: null, q: null })}>{t('list.clearFilter')}</Button>}
            >
              {t('list.noMatchText')}
            </EmptyState>
          ) : (
            <EmptyState
              icon={Inbox}
              title={t('list.empty', { labels: manyOf(type) })}
              actions={
                canCreate && (
                  <Button look="primary" icon={Plus} onClick={() => setCreating(true)}>
                    {create}
                  </Button>
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
            columns={columns}
            sort={shown.sort}
            deeds={deeds}
            chosen={chosen}
            peeked={shown.peek}
            peek={(id) => (isNarrow ? go(`/${type.plural}/${id}`) : show({ peek: id === shown.peek ? null : id }, Boolean(shown.peek)))}
            rowHeight={isCoarse ? 44 : density === 'compact' ? 32 : 40}
          />
        )}
      </div>
      {shown.peek && <Peek key={shown.peek} type={type} id={shown.peek} close={() => show({ peek: null })} step={step} />}
      <CreatePanel
        type={type}
        open={creating}
        close={() => setCreating(false)}
        created={(row) => {
          list.refresh();
          if (!isNarrow) show({ peek: row.id }, true);
        }}
      />
    </div>
  );
}
