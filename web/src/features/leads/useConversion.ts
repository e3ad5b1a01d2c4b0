import { useEffect, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { recordDocument } from '@/api/documents';
import { type Becomes, type Conversion, findMatches, type Matches, readConversion } from '@/api/leads';
import { type RecordType, useModel } from '@/api/model';
import type { Row } from '@/api/values';

/** Who a lead may already be, what its fields become, and whether it may be converted; nothing until it is known. */
export function useConversion(type: RecordType, id: string) {
  const [known, setKnown] = useState<{ matches: Matches; conversion: Conversion | undefined } | undefined>();
  useEffect(() => {
    let current = true;
    // Whoever is not told of matches still finds people by name, and what cannot be known before is said afterwards.
    const matches = findMatches(type, id).catch((): Matches => ({ contacts: [], accounts: [] }));
    const conversion = readConversion(type, id).catch(() => undefined);
    void Promise.all([matches, conversion]).then((told) => current && setKnown({ matches: told[0], conversion: told[1] }));
    return () => {
      current = false;
    };
  }, [type, id]);
  return known;
}

/** The record that is meant, with the fields that something of the lead becomes. */
export function useThere(
  type: RecordType | undefined,
  id: string | undefined,
  target: Becomes['target'],
  fields: readonly Becomes[],
): Row | undefined {
  const model = useModel();
  const query = useMemo(() => {
    if (!type) return undefined;
    return recordDocument(
      model,
      type,
      fields.filter((mapped) => mapped.target === target).map((mapped) => mapped.to),
    );
  }, [model, type, target, fields]);
  const [{ data }] = useQuery<{ record: Row | null }>({
    query: query ?? '{ __typename }',
    variables: useMemo(() => ({ id }), [id]),
    pause: !query || !id,
  });
  return id && data?.record?.id === id ? data.record : undefined;
}
