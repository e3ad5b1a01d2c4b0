import Inbox from 'lucide-react/icons/inbox';
import ListX from 'lucide-react/icons/list-x';
import PanelLeftOpen from 'lucide-react/icons/panel-left-open';
import Plus from 'lucide-react/icons/plus';
import { useEffect, useMemo } from 'react';
import { useParams } from 'wouter';
import { useList } from '@/api/hooks';
import { may, type RecordType, useModel } from '@/api/model';
import { manyOf } from '@/features/labels';
import { t } from '@/lib/i18n/t';
import { prefer, preferences } from '@/lib/preferences';
import { useStore } from '@/lib/store';
import { narrow, useMedia } from '@/lib/useMedia';
import { Button, IconButton } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { sentenceOf } from '../change';
import { Grid } from './Grid';
import styles from './ListScreen.module.css';
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
  const { columns, deeds } = useArrangement(type, shown, show);
  const names = useMemo(
    () => [...new Set([...(type.title ? [type.title] : []), ...columns.map((column) => column.field.name)])],
    [type, columns],
  );
  const { list, ...snapshot } = useList(type, { filter: shown.filter, sort: shown.sort, q: shown.q, columns: names });
  const chosen = useSelection(list);
  const { density, sidebar } = useStore(preferences);
  const isCoarse = useMedia('(pointer: coarse)');
  const isNarrow = useMedia(narrow);
  useEffect(() => {
    document.title = `${manyOf(type)} · CRM`;
  }, [type]);
  const isFiltered = Boolean(shown.filter || shown.q);
  return (
    <div className={styles.screen}>
      <header className={styles.bar}>
        {!isNarrow && !sidebar && (
          <IconButton label={t('nav.expand')} icon={PanelLeftOpen} keys="mod+b" onClick={() => prefer({ sidebar: true })} />
        )}
        <h1 className={styles.title}>{manyOf(type)}</h1>
      </header>
      {snapshot.refusal && snapshot.length === 0 ? (
        <EmptyState icon={ListX} title={t('list.failed')} actions={<Button onClick={list.refresh}>{t('retry')}</Button>}>
          {sentenceOf(snapshot.refusal)}
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
              <Button look="primary" icon={Plus}>
                {t('create')}
              </Button>
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
          peek={(id) => show({ peek: id === shown.peek ? null : id })}
          rowHeight={isCoarse ? 44 : density === 'compact' ? 32 : 40}
        />
      )}
    </div>
  );
}
