/** An entry of the journal, as the audit tells it. */
export type Entry = {
  readonly id: string;
  readonly at: string;
  readonly service: string;
  readonly actor: {
    readonly kind: string;
    readonly id?: string | null;
    readonly name?: string | null;
    readonly door?: string | null;
    readonly address?: string | null;
  };
  readonly operation: string;
  readonly record: string;
  readonly recordId: string;
  readonly version: number;
  readonly type: string;
  readonly data: Data | null;
};

export type Data = { readonly changes?: Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>> } & Readonly<
  Record<string, unknown>
>;

export const filterNames = ['actor', 'record', 'recordId', 'type', 'operation', 'door', 'address', 'from', 'to'] as const;
