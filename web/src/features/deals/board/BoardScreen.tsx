import { DndContext, DragOverlay, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors } from '@dnd-kit/core';
import ListX from 'lucide-react/icons/list-x';
import Plus from 'lucide-react/icons/plus';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { searchable } from '@/api/documents';
import { may, type RecordType, useModel } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { useViews } from '@/api/views';
import { manyOf, oneOf } from '@/features/labels';
import { noteList } from '@/features/records/cameFrom';
import { FilterButton } from '@/features/records/filter/FilterButton';
import { Head, Tools } from '@/features/records/list/Head';
import { LayoutSwitch } from '@/features/records/list/LayoutSwitch';
import { SearchBox } from '@/features/records/list/Toolbar';
import { useListUrl } from '@/features/records/list/useListUrl';
import { Views } from '@/features/records/list/Views';
import { Peek } from '@/features/records/peek/Peek';
import { sentenceOf } from '@/features/refusals';
import { useActions } from '@/lib/actions';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { narrow, useMedia } from '@/lib/useMedia';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { Select } from '@/ui/Select';
import { formatSum } from '../amounts';
import { useMove } from '../move/useMove';
import { type Stage, usePipelines } from '../stages';
import styles from './BoardScreen.module.css';
import { CardBody } from './Card';
import card from './Card.module.css';
import { Lane } from './Lane';
import { Sketch } from './Sketch';
import { StageTabs } from './StageTabs';
import { useBoard, useStages, walked } from './useBoard';
import { useCarrying } from './useCarrying';

const CreatePanel = soon(() => import('@/features/records/create/CreatePanel').then((file) => file.CreatePanel));

/** `/deals/board`: deals by stage. */
export function BoardScreen() {
  const model = useModel();
  const type = model.byPlural('deals');
  if (!type || !may(type, 'read') || !model.slices.has('readBoard'))
    return (
      <EmptyState page icon={ListX} title={t('fail.notFound')}>
        {t('fail.notFoundText')}
      </EmptyState>
    );
  return <Deals type={type} />;
}

function Deals({ type }: { readonly type: RecordType }) {
  const model = useModel();
  const [url, show] = useListUrl();
  const [path, go] = useLocation();
  const search = useSearch();
  const isNarrow = useMedia(narrow);
  const { pipelines } = usePipelines();
  const asked = new URLSearchParams(search).get('pipeline') ?? undefined;
  const { views, again } = useViews(type);
  const view =
    url.view === 'all'
      ? undefined
      : (views.find((one) => one.id === url.view) ?? (url.view ? undefined : views.find((one) => one.default)));
  // As in the list: what the address says goes before what the view says.
  const filter = url.filter ?? view?.filter ?? '';
  const { board, shown } = useBoard(type, { pipeline: asked, filter, q: url.q });
  const [creating, setCreating] = useState<boolean | undefined>();
  const [held, hold] = useState<{ row: Row; stage: Stage } | undefined>();
  const canMove = model.slices.has('moveDeal');
  const canCreate = Boolean(type.graph.create);
  const { move: send, dialog } = useMove(type, board.refresh);

  useEffect(() => {
    document.title = `${manyOf(type)} · ${t('deal.board')} · CRM`;
  }, [type]);
  const create = t('make.one', { label: oneOf(type) });
  useActions([
    { id: 'make', label: create, icon: Plus, group: 'make', keys: ['c'], allowed: () => canCreate, run: () => setCreating(true) },
  ]);

  useEffect(() => noteList(type.plural, search ? `${path}?${search}` : path, walked(board)), [type, path, search, board]);
  const lanes = useMemo(() => shown?.lanes ?? [], [shown]);
  const stages = useStages(lanes);
  const nameOf = useCallback((row: Row) => titleOf(type, row) || t('list.untitled'), [type]);
  const move = useCallback(
    async (row: Row, to: Stage) => {
      const from = stages.find((stage) => stage.id === row.stageId);
      if (!from || from.id === to.id) return;
      board.place(row, to.id);
      if (await send({ deal: row, from, to })) await board.settle(row.id);
      else {
        board.takeBack(row.id);
        void board.refresh();
      }
    },
    [board, send, stages],
  );
  const { at, carried, said, onKeyDown, leave } = useCarrying({ lanes, canMove, nameOf, move });
  const peeked = useRef(url.peek);
  peeked.current = url.peek;
  const open = useCallback(
    (row: Row) =>
      isNarrow ? go(`/${type.plural}/${row.id}`) : show({ peek: row.id === peeked.current ? null : row.id }, Boolean(peeked.current)),
    [isNarrow, go, show, type],
  );
  const choosePipeline = (id: string | null) => {
    const query = new URLSearchParams(search);
    id ? query.set('pipeline', id) : query.delete('pipeline');
    query.delete('peek');
    go(`${path}?${query}`);
  };
  const scroller = useRef<HTMLDivElement>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const problem = shown?.refusal && sentenceOf(shown.refusal);
  const current = pipelines.find((pipeline) => pipeline.id === (asked ?? lanes[0]?.stage.pipelineId));
  const peeks = lanes.flatMap(({ cards }) => cards);
  const step = (by: 1 | -1) => {
    const i = peeks.findIndex((row) => row.id === url.peek);
    show({ peek: peeks[i + by]?.id ?? url.peek }, true);
  };

  return (
    <div className={styles.screen}>
      <div className={styles.main}>
        <Head
          title={manyOf(type)}
          about={
            shown?.total &&
            shown.total.converted !== null && (
              <p className={styles.total}>
                {formatSum(shown.total.converted, shown.currency)}
                {shown.total.weighted !== null && ` · ${t('deal.weighted', { amount: formatSum(shown.total.weighted, shown.currency) })}`}
              </p>
            )
          }
        >
          <LayoutSwitch type={type} />
          {canCreate && (
            <Button small look="primary" icon={Plus} aria-label={create} onClick={() => setCreating(true)}>
              {t('make.new')}
            </Button>
          )}
        </Head>
        <Tools>
          <Views
            type={type}
            views={views}
            active={view}
            looked={{ filter: filter || null, sort: url.sort ?? view?.sort ?? null, columns: view?.columns ?? null }}
            isChanged={url.filter !== undefined}
            show={show}
            again={again}
          />
          <div className={styles.narrows} role="toolbar" aria-label={t('group.list')}>
            {pipelines.length > 1 && (
              <Select
                small
                className={styles.pipeline}
                label={t('deal.pipeline')}
                value={current?.id ?? null}
                options={pipelines.map((one) => ({ value: one.id, label: one.name, retired: one.archived }))}
                choose={choosePipeline}
              />
            )}
            {searchable(type) && <SearchBox q={url.q ?? ''} set={(q) => show({ q: q || null }, true)} />}
            <FilterButton
              type={type}
              filter={filter}
              set={(next) => show({ filter: next || (view?.filter ? '' : null) }, true)}
              problem={filter ? problem : undefined}
            />
          </div>
        </Tools>
        {problem && lanes.length === 0 ? (
          <EmptyState icon={ListX} title={t('list.failed')} actions={<Button onClick={board.refresh}>{t('retry')}</Button>}>
            {problem}
          </EmptyState>
        ) : (
          <DndContext
            sensors={sensors}
            collisionDetection={pointerWithin}
            accessibility={{ container: document.body, screenReaderInstructions: { draggable: '' }, announcements: silent }}
            onDragStart={({ active }) => {
              leave();
              hold(active.data.current as { row: Row; stage: Stage });
            }}
            onDragCancel={() => hold(undefined)}
            onDragEnd={({ over }) => {
              const to = over?.data.current?.stage as Stage | undefined;
              if (held && to) void move(held.row, to);
              hold(undefined);
            }}
          >
            {isNarrow && <StageTabs lanes={lanes} scroller={scroller} />}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the cards inside. */}
            <div
              ref={scroller}
              className={styles.lanes}
              onKeyDown={onKeyDown}
              onBlur={(event) => {
                if (carried && event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) leave();
              }}
            >
              {shown
                ? lanes.map((one, i) => (
                    <Lane
                      key={one.stage.id}
                      type={type}
                      lane={one}
                      at={i}
                      currency={shown.currency}
                      stages={stages}
                      current={at.lane === i ? Math.min(at.card, Math.max(0, one.cards.length - 1)) : undefined}
                      chosen={url.peek}
                      carried={carried?.row.id}
                      target={carried !== undefined && carried.over === i && carried.from !== i}
                      canMove={canMove}
                      more={board.more}
                      open={open}
                      move={move}
                    />
                  ))
                : [0, 1, 2, 3].map((i) => <Sketch key={i} />)}
            </div>
            <DragOverlay dropAnimation={null}>
              {held && (
                <div className={`${card.card} ${card.lifted}`}>
                  <CardBody type={type} row={held.row} stage={held.stage} name={<span className={card.name}>{nameOf(held.row)}</span>} />
                </div>
              )}
            </DragOverlay>
          </DndContext>
        )}
        <p id="board-how" className="unseen">
          {t('deal.said.how')}
        </p>
        <p className="unseen" role="status" aria-live="assertive">
          {said}
        </p>
      </div>
      {url.peek && !isNarrow && <Peek key={url.peek} type={type} id={url.peek} close={() => show({ peek: null })} step={step} />}
      {creating !== undefined && (
        <CreatePanel
          type={type}
          open={creating}
          close={() => setCreating(false)}
          created={(row) => {
            void board.refresh();
            if (!isNarrow) show({ peek: row.id }, true);
          }}
        />
      )}
      {dialog}
    </div>
  );
}

// What is dragged by hand is seen; the keyboard has words of its own.
const silent = { onDragStart: () => '', onDragOver: () => '', onDragEnd: () => '', onDragCancel: () => '' };
