import type { CombinedError } from '@urql/core';
import { client } from '@/api/client';
import { changedDocument, listDocument, searchable, selectionOf } from '@/api/documents';
import type { Model, RecordType } from '@/api/model';
import { type Refusal, refusalOfError } from '@/api/problems';
import type { Row } from '@/api/values';
import { zone } from '@/lib/format';
import { type Stage, stageSelection } from '../stages';

export type Sums = {
  readonly count: number;
  readonly amounts: readonly { currency: string; amount: string | number }[] | null;
  readonly converted: string | number | null;
  readonly weighted: string | number | null;
  readonly withoutRate: number | null;
};
export type Lane = { readonly stage: Stage; readonly sums: Sums; readonly cards: readonly Row[]; readonly more: boolean };
export type Shown = {
  readonly lanes: readonly Lane[];
  readonly currency: string;
  readonly total: Sums | undefined;
  readonly refusal?: Refusal;
};
export type BoardQuery = { readonly pipeline?: string; readonly filter?: string; readonly q?: string };

type Answer = {
  board: {
    pipeline: string;
    currency: string;
    total: Sums;
    stages: { stage: Stage; sums: Sums; cards: Row[]; nextCursor: string | null }[];
  } | null;
};
type Page = { rows: Row[]; end: string | null; watch?: { unsubscribe: () => void } };
type PageAnswer = { page: { edges: { node: Row }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
type Change = { change: { kind: string; id: string | null; record: Row | null } };

const firstCards = 25;
const pageSize = 50;
const settleMs = 200;
const network = { requestPolicy: 'network-only' } as const;
const wanted = [
  'name',
  'accountId',
  'amount',
  'ownerId',
  'expectedCloseOn',
  'pipelineId',
  'stageId',
  'stageEnteredAt',
  'overdueAt',
  'status',
  'nextActivityAt',
  'nextStep',
  'nextStepOn',
];

/** What a card shows, of what this person sees. */
export const cardFields = (type: RecordType): string[] => wanted.filter((name) => type.field(name)?.graph.name);

/**
 * The deals of a pipeline by stage. Counts and sums are the server's, always. A deal that was moved here stands on top of its new column at once, where
 * whoever moved it looks for it, until it goes on or the board is another one.
 */
export class Board {
  private answer: Answer['board'] | undefined;
  private readonly pages = new Map<string, Page[]>();
  private readonly moved = new Map<string, { row: Row; to: string; settled: boolean }>();
  private readonly loading = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private subscriptions: { unsubscribe: () => void }[] = [];
  private settling: ReturnType<typeof setTimeout> | undefined;
  private refusal: Refusal | undefined;
  private shown: Shown | undefined;
  private readonly fields: readonly string[];
  private readonly document: string;

  constructor(
    private readonly model: Model,
    private readonly type: RecordType,
    private readonly query: BoardQuery,
  ) {
    this.fields = cardFields(type);
    const sums = 'count amounts { currency amount } converted weighted withoutRate';
    this.document = `query Board($pipeline: ID, $filter: String, $q: String, $zone: String, $cards: Int) {
  board: dealBoard(pipeline: $pipeline, filter: $filter, q: $q, zone: $zone, cards: $cards) {
    pipeline currency total { ${sums} }
    stages { stage { ${stageSelection(model)} } sums { ${sums} } nextCursor cards { __typename ${selectionOf(model, type, this.fields)} } }
  }
}`;
  }

  read = (): Shown | undefined => this.shown;

  listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  };

  /** Shows a deal in a stage before the server has answered. */
  place(row: Row, to: string) {
    this.moved.set(row.id, { row, to, settled: false });
    this.tell();
  }

  /** The server has moved it; what the columns come to is read anew. Only what is answered from then on can say that it has gone on. */
  async settle(id: string) {
    const move = this.moved.get(id);
    await this.refresh();
    if (move && this.moved.get(id)?.to === move.to) this.moved.set(id, { ...(this.moved.get(id) ?? move), settled: true });
  }

  /** It stays where it was. */
  takeBack(id: string) {
    this.moved.delete(id);
    this.tell();
  }

  /** Cards after those that a column has. */
  more = async (stage: string) => {
    const lane = this.answer?.stages.find((one) => one.stage.id === stage);
    const pages = this.pages.get(stage) ?? [];
    const after = pages.length ? pages.at(-1)?.end : lane?.nextCursor;
    if (!after || this.loading.has(stage)) return;
    this.loading.add(stage);
    const page = await this.page(stage, after);
    this.loading.delete(stage);
    if (!page) return;
    this.pages.set(stage, [...(this.pages.get(stage) ?? []), page]);
    this.tell();
  };

  refresh = async () => {
    clearTimeout(this.settling);
    const { data, error } = await client.query<Answer>(this.document, this.variables(), network).toPromise();
    if (!data) {
      this.refusal = refusalOfError(error as CombinedError);
      return this.tell();
    }
    this.take(data);
    await Promise.all([...this.pages.keys()].map((stage) => this.again(stage)));
    this.tell();
  };

  private open() {
    const cards = client.query<Answer>(this.document, this.variables()).subscribe(({ data, error, stale }) => {
      if (data?.board) this.take(data);
      else if (!stale && error) this.refusal = refusalOfError(error);
      this.tell();
    });
    this.subscriptions = [cards, this.hear()];
    if (this.answer) void this.refresh();
  }

  private close() {
    clearTimeout(this.settling);
    for (const one of this.subscriptions) one.unsubscribe();
  }

  private variables() {
    const { pipeline, filter, q } = this.query;
    return { pipeline, filter: filter || undefined, q: q || undefined, zone: zone(), cards: firstCards };
  }

  private take({ board }: Answer) {
    this.answer = board;
    this.refusal = undefined;
    for (const { stage, cards } of board?.stages ?? [])
      for (const card of cards) {
        const move = this.moved.get(card.id);
        if (move?.settled && move.to !== stage.id) this.moved.delete(card.id);
        else if (move) this.moved.set(card.id, { ...move, row: card });
      }
  }

  private async page(stage: string, after: string): Promise<Page | undefined> {
    const { filter, q } = this.query;
    const here = `stageId = "${stage}"`;
    const { data } = await client
      .query<PageAnswer>(
        listDocument(this.model, this.type, this.fields),
        {
          filter: filter ? `(${filter}) and ${here}` : here,
          sort: '-createdAt',
          first: pageSize,
          after,
          zone: zone(),
          ...(searchable(this.type) && { q: q || undefined }),
        },
        network,
      )
      .toPromise();
    if (!data) return undefined;
    const { edges, pageInfo } = data.page;
    return { rows: edges.map((edge) => edge.node), end: pageInfo.hasNextPage ? pageInfo.endCursor : null };
  }

  // As many pages as were there, from where the column goes on now.
  private async again(stage: string) {
    const fresh: Page[] = [];
    let after = this.answer?.stages.find((one) => one.stage.id === stage)?.nextCursor ?? null;
    for (let left = this.pages.get(stage)?.length ?? 0; left > 0 && after; left--) {
      const page = await this.page(stage, after);
      if (!page) return;
      fresh.push(page);
      after = page.end;
    }
    this.pages.set(stage, fresh);
  }

  private hear() {
    let begun = false;
    const told = { filter: this.query.filter || undefined, zone: zone() };
    return client.subscription<Change>(changedDocument(this.model, this.type, this.fields), told).subscribe(({ data }) => {
      const change = data?.change;
      if (!change) return;
      if (change.kind === 'live' && !begun) {
        begun = true;
        return;
      }
      const move = change.id ? this.moved.get(change.id) : undefined;
      if (move && (!change.record || (move.settled && change.record.stageId !== move.to))) this.moved.delete(move.row.id);
      clearTimeout(this.settling);
      this.settling = setTimeout(() => void this.refresh(), settleMs);
    });
  }

  private tell() {
    const { answer } = this;
    this.shown = answer
      ? { lanes: answer.stages.map((lane) => this.lane(lane)), currency: answer.currency, total: answer.total, refusal: this.refusal }
      : this.refusal && { lanes: [], currency: '', total: undefined, refusal: this.refusal };
    for (const listener of this.listeners) listener();
  }

  private lane({ stage, sums, cards, nextCursor }: NonNullable<Answer['board']>['stages'][number]): Lane {
    const pages = this.pages.get(stage.id) ?? [];
    const arrived = [...this.moved.values()].filter((move) => move.to === stage.id).map(({ row }) => row);
    const known = new Set<string>();
    const rows = [
      ...arrived.reverse(),
      ...[...cards, ...pages.flatMap((page) => page.rows)].filter((row) => !this.moved.has(row.id)),
    ].filter(({ id }) => !known.has(id) && known.add(id));
    const more = pages.length ? Boolean(pages.at(-1)?.end) : Boolean(nextCursor);
    return keptWhereSame(
      this.shown?.lanes.find((lane) => lane.stage.id === stage.id),
      { stage, sums, cards: rows, more },
    );
  }
}

// What has not changed stays the same object, so that it is not drawn again.
function keptWhereSame(before: Lane | undefined, now: Lane): Lane {
  if (!before) return now;
  const known = new Map(before.cards.map((card) => [card.id, card]));
  const cards = now.cards.map((card) => same(known.get(card.id), card));
  const lane = { ...now, stage: same(before.stage, now.stage), sums: same(before.sums, now.sums), cards };
  const isSame =
    lane.stage === before.stage &&
    lane.sums === before.sums &&
    lane.more === before.more &&
    cards.length === before.cards.length &&
    cards.every((card, i) => card === before.cards[i]);
  return isSame ? before : lane;
}

const same = <T>(before: T | undefined, now: T): T =>
  before !== undefined && (before === now || JSON.stringify(before) === JSON.stringify(now)) ? before : now;
