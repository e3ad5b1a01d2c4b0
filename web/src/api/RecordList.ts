import type { CombinedError } from '@urql/core';
import { zone } from '@/lib/format';
import { client } from './client';
import { changedDocument, listDocument, searchable, totalsDocument } from './documents';
import { type Model, type RecordType, readModel } from './model';
import { type Refusal, refusalOfError } from './problems';
import type { Row } from './values';

export type ListQuery = { readonly filter?: string; readonly sort?: string; readonly q?: string; readonly columns: readonly string[] };

type Page = { after: string | null; rows: readonly Row[]; end: string | null; more: boolean; watch?: { unsubscribe: () => void } };
type Answer = { page: { edges: { cursor: string; node: Row }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
type Totals = { page: { totalCount: number; aggregate?: { sum: Record<string, string | null> } } };
type Change = { change: { kind: string; id: string | null; fields: string[] | null } };

export type Snapshot = {
  /** How many rows are known by now; `row(i)` has them. */
  readonly length: number;
  readonly total: number | undefined;
  readonly sums: Readonly<Record<string, string | null>>;
  readonly more: boolean;
  readonly refusal: Refusal | undefined;
  readonly ready: boolean;
};

/** In the place of a list that is not there. */
export const noList = (() => {
  const nothing: Snapshot = { length: 0, total: undefined, sums: {}, more: false, refusal: undefined, ready: false };
  return { listen: () => () => undefined, read: () => nothing, refresh: () => undefined };
})();

// So few that those that come in while somebody scrolls hold no frame up.
const pageSize = 50;
const settleMs = 300;
const againMs = 5000;

/**
 * A list as far as it was looked at: pages in order, each going on after the one before. Only pages that are on the screen listen to the cache; those
 * scrolled past keep what they had and listen again when they come back, so that a hundred thousand rows cost no more than a hundred.
 */
export class RecordList {
  private pages: Page[] = [];
  private known = new Map<string, number>();
  private shown: [number, number] = [0, 0];
  private readonly listeners = new Set<() => void>();
  private loading = false;
  private live: { unsubscribe: () => void } | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private listening: ReturnType<typeof setTimeout> | undefined;
  private snapshot: Snapshot = { length: 0, total: undefined, sums: {}, more: true, refusal: undefined, ready: false };

  constructor(
    private model: Model,
    private type: RecordType,
    private query: ListQuery,
  ) {}

  read = (): Snapshot => this.snapshot;

  listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.open();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.close();
    };
  };

  row = (index: number): Row | undefined => this.pages[Math.floor(index / pageSize)]?.rows[index % pageSize];

  /** Where a record is among those that are known; -1 where it is not. */
  indexOf = (id: string): number => {
    const page = this.known.get(id);
    const at = page === undefined ? -1 : (this.pages[page]?.rows.findIndex((row) => row.id === id) ?? -1);
    return page === undefined || at < 0 ? -1 : page * pageSize + at;
  };

  /** The row, fetched if it is the next one. */
  async reach(index: number): Promise<Row | undefined> {
    if (index >= this.snapshot.length) await this.more();
    return this.row(index);
  }

  /** What is on the screen: its pages are kept current, and the next one is fetched before it is reached. */
  show = (from: number, to: number) => {
    this.shown = [Math.floor(from / pageSize), Math.floor(to / pageSize)];
    this.watchShown();
    if (to > this.snapshot.length - pageSize) void this.more();
  };

  /** The same records with other columns, or by another model: nobody loses their place, nor what they are writing there. */
  see(model: Model, type: RecordType, columns: readonly string[]) {
    if (model === this.model && columns.join() === this.query.columns.join()) return;
    [this.model, this.type] = [model, type];
    this.query = { ...this.query, columns };
    for (const page of this.pages) this.unwatch(page);
    this.watchShown();
    void this.count();
    this.listenToChanges();
  }

  refresh = () => {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      void this.count();
      for (const page of this.pages)
        if (page.watch) void client.query<Answer>(this.document(), this.variables(page.after), network).toPromise();
      if (this.snapshot.refusal) void this.more();
    }, settleMs);
  };

  private open() {
    if (this.pages.length === 0) void this.more();
    else this.watchShown();
    void this.count();
    this.listenToChanges();
  }

  private close() {
    for (const page of this.pages) this.unwatch(page);
    this.live?.unsubscribe();
    clearTimeout(this.settling);
    clearTimeout(this.listening);
  }

  private document = () => listDocument(this.model, this.type, this.query.columns);

  private variables(after: string | null) {
    const { filter, sort, q } = this.query;
    return {
      filter: filter || undefined,
      sort: sort || undefined,
      after: after ?? undefined,
      first: pageSize,
      zone: zone(),
      ...(searchable(this.type) && { q: q || undefined }),
    };
  }

  private async more() {
    const last = this.pages.at(-1);
    if (this.loading || (last && !last.more)) return;
    this.loading = true;
    const page: Page = { after: last?.end ?? null, rows: [], end: null, more: false };
    const { data, error } = await client
      .query<Answer>(this.document(), this.variables(page.after), this.pages.length ? {} : network)
      .toPromise();
    this.loading = false;
    if (!data) return this.tell({ refusal: refusalOfError(error as CombinedError), ready: true });
    if (last && last !== this.pages.at(-1)) return;
    this.pages.push(page);
    this.fill(page, data);
    this.tell({ refusal: undefined });
    this.watchShown();
  }

  private fill(page: Page, { page: { edges, pageInfo } }: Answer) {
    const index = this.pages.indexOf(page);
    if (index < 0) return;
    page.rows = edges.map((edge) => edge.node);
    page.more = pageInfo.hasNextPage;
    for (const row of page.rows) this.known.set(row.id, index);
    // Whatever comes after goes on from another place now.
    if (page.end !== null && page.end !== pageInfo.endCursor) for (const later of this.pages.splice(index + 1)) this.unwatch(later);
    page.end = pageInfo.endCursor;
    const end = this.pages.at(-1);
    this.tell({ length: (this.pages.length - 1) * pageSize + (end?.rows.length ?? 0), more: end?.more ?? false, ready: true });
  }

  private watchShown() {
    const [from, to] = this.shown;
    this.pages.forEach((page, i) => {
      if (i < from - 1 || i > to + 1) this.unwatch(page);
      else
        page.watch ??= client.query<Answer>(this.document(), this.variables(page.after)).subscribe(({ data, error }) => {
          if (data && data.page.edges !== undefined) this.fill(page, data);
          else if (error?.graphQLErrors.length) void readModel().catch(() => undefined); // it may name a field that is kept from this person by now
        });
    });
  }

  private unwatch(page: Page) {
    page.watch?.unsubscribe();
    delete page.watch;
  }

  private async count() {
    const { data } = await client.query<Totals>(totalsDocument(this.type, this.query.columns), this.variables(null), network).toPromise();
    if (data) this.tell({ total: data.page.totalCount, sums: data.page.aggregate?.sum ?? {} });
  }

  private listenToChanges() {
    this.live?.unsubscribe();
    clearTimeout(this.listening);
    if (!this.type.graph.changed) return;
    let begun = false;
    const told = { filter: this.query.filter || undefined, zone: zone() };
    this.live = client
      .subscription<Change>(changedDocument(this.model, this.type, this.query.columns), told)
      .subscribe(({ data, error }) => {
        if (error) return this.listenAgain(); // what came before comes with it once more
        const change = data?.change;
        if (!change) return;
        if (change.kind === 'live') {
          if (begun) void readModel().then(this.refresh);
          begun = true;
        } else if (change.kind !== 'updated' || !change.id || !this.known.has(change.id)) this.refresh();
        else if (Object.keys(this.snapshot.sums).length) void this.count();
      });
  }

  // What is listened to may name a field that is kept from this person by now: the model is asked again, and the list listens by that one.
  private listenAgain() {
    void readModel().catch(() => undefined);
    this.listening = setTimeout(() => {
      this.listenToChanges();
      this.refresh();
    }, againMs);
  }

  private tell(change: Partial<Snapshot>) {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}

const network = { requestPolicy: 'network-only' } as const;
