import Camera from 'lucide-react/icons/camera';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { createRecord } from '@/api/changes';
import { useModel } from '@/api/model';
import { tellDone } from '@/features/records/change';
import { sentenceOf } from '@/features/refusals';
import { formatDate } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { IconButton } from '@/ui/Button';
import { Select } from '@/ui/Select';
import { toast } from '@/ui/toasts';
import { dayAgo } from './periods';
import styles from './Since.module.css';

const document = `query Snapshots($filter: String) {
  forecastSnapshots(filter: $filter, sort: "-takenOn", first: 100) { nodes { id takenOn } }
}`;

type Props = { readonly period: string; readonly since: string | undefined; readonly choose: (day: string | null) => void };

/** With which day a forecast is compared: those on which it was kept. What is said now can be kept as well. */
export function Since({ period, since, choose }: Props) {
  const model = useModel();
  const type = model.byPlural('forecastSnapshots');
  const [keeping, setKeeping] = useState(false);
  const [{ data }, run] = useQuery<{ forecastSnapshots: { nodes: { id: string; takenOn: string }[] } | null }>({
    query: document,
    variables: useMemo(() => ({ filter: `period = "${period}"` }), [period]),
    pause: !type?.graph.list,
    requestPolicy: 'cache-and-network',
  });
  if (!type?.graph.list) return null;
  const days = [...new Set((data?.forecastSnapshots?.nodes ?? []).map(({ takenOn }) => takenOn))];
  const week = dayAgo(7);
  // The last one that is a week old stands for last week, whatever day it was taken on.
  const lastWeek = days.find((day) => day <= week);
  const options = [
    ...(lastWeek ? [{ value: lastWeek, label: t('forecast.lastWeek', { day: formatDate(lastWeek) }) }] : []),
    ...days.filter((day) => day !== lastWeek).map((day) => ({ value: day, label: t('forecast.sinceDay', { day: formatDate(day) }) })),
    ...(since && !days.includes(since) ? [{ value: since, label: t('forecast.sinceDay', { day: formatDate(since) }) }] : []),
  ];
  const keep = async () => {
    setKeeping(true);
    const outcome = await createRecord(model, type, { period }, crypto.randomUUID());
    setKeeping(false);
    if (!outcome.ok) return toast({ text: t('forecast.notKept'), detail: sentenceOf(outcome.refusal), bad: true });
    run({ requestPolicy: 'network-only' });
    tellDone(t('forecast.kept'), outcome.operation, () => run({ requestPolicy: 'network-only' }));
  };
  return (
    <span className={styles.since}>
      <Select
        small
        className={styles.select}
        label={t('forecast.compare')}
        value={since ?? null}
        none={options.length ? t('forecast.compareNone') : t('forecast.noSnapshots')}
        disabled={options.length === 0}
        options={options}
        choose={choose}
      />
      {type.graph.create && <IconButton label={t('forecast.keep')} icon={Camera} disabled={keeping} onClick={keep} />}
    </span>
  );
}
