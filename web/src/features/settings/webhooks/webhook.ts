import { useMemo } from 'react';
import { useAnswer } from '@/api/hooks';
import { type Model, type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';
import { manyOf } from '@/features/labels';
import { spokenName } from '@/lib/words';
import type { Tone } from '@/ui/Badge';
import { type DeliveriesQuery, EventTypesDocument } from '../graph';

export type Webhook = Row & {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly format: 'standard' | 'slack' | 'teams';
  readonly state: 'active' | 'paused' | 'disabled';
  readonly reason?: string | null;
  readonly stateSince?: string | null;
  readonly verifiedAt?: string | null;
  readonly secretHint?: string | null;
};

export type Delivery = NonNullable<DeliveriesQuery['deliveries']>['items'][number];

export type DeliveryState = 'waiting' | 'delivered' | 'failing' | 'parked';
export const deliveryStates: readonly DeliveryState[] = ['waiting', 'delivered', 'failing', 'parked'];
export const deliveryTones: Readonly<Record<DeliveryState, Tone>> = {
  waiting: 'neutral',
  delivered: 'success',
  failing: 'warn',
  parked: 'danger',
};

export const stateTones: Readonly<Record<Webhook['state'], Tone>> = { active: 'success', paused: 'warn', disabled: 'danger' };

/** The events there are, under the record types they are about. */
export function useCatalogue() {
  const model = useModel();
  const { data } = useAnswer(EventTypesDocument, {});
  return useMemo(() => {
    const records = [...new Set(data?.types?.items.map((event) => event.record))];
    return records.map((record) => ({
      record,
      label: labelOf(model, record),
      events: (data?.types?.items ?? [])
        .filter((event) => event.record === record)
        .map(({ type }) => ({ type, label: spokenName(type.slice(type.lastIndexOf('.') + 1)) })),
    }));
  }, [model, data]);
}

const typeOf = (model: Model, record: string): RecordType | undefined =>
  model.types.find((type) => `${type.service}.${type.record}` === record);

function labelOf(model: Model, record: string): string {
  const type = typeOf(model, record);
  return type ? manyOf(type) : record;
}

/** The one record type all these events are about; undefined where there are several, or patterns leave it open. */
export function recordOf(model: Model, events: readonly string[]): RecordType | undefined {
  const records = new Set(events.map((event) => event.split('.').slice(0, 2).join('.')));
  const [only] = records;
  return records.size === 1 && only ? typeOf(model, only) : undefined;
}
