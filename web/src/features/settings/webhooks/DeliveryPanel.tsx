import RotateCw from 'lucide-react/icons/rotate-cw';
import { useDoor } from '@/api/doors';
import { formatInstant } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { Badge } from '@/ui/Badge';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Nothing, NotRead, Sketch } from '../frame/Page';
import styles from './Deliveries.module.css';
import type { Delivery } from './webhook';

type Attempt = {
  readonly number: number;
  readonly at: string;
  readonly tookMs: number;
  readonly status?: number | null;
  readonly error?: string | null;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  readonly responseHeaders?: Readonly<Record<string, string>> | null;
  readonly responseBody?: string | null;
};
type View = { readonly nextAt?: string | null; readonly parked: boolean; readonly attempts: readonly Attempt[] };

type Props = { readonly delivery: Delivery; readonly close: () => void; readonly redeliver: () => void };

/** Each try of a delivery: what was sent, what was answered, how long it took. */
export function DeliveryPanel({ delivery, close, redeliver }: Props) {
  const { data, refusal, again } = useDoor<View>(`/webhooks/${delivery.webhook}/deliveries/${delivery.event}`);
  return (
    <Dialog
      open
      close={close}
      place="right"
      title={delivery.type}
      description={
        data?.nextAt ? t('set.triedNext', { at: formatInstant(data.nextAt) }) : data?.parked ? t('set.delivery.parked') : undefined
      }
      footer={
        <Button look="primary" icon={RotateCw} onClick={redeliver}>
          {t('set.redeliver')}
        </Button>
      }
    >
      {refusal && <NotRead refusal={refusal} again={again} />}
      {!data && !refusal && <Sketch />}
      {data?.attempts.length === 0 && <Nothing>{t('set.notTried')}</Nothing>}
      {[...(data?.attempts ?? [])].reverse().map((one) => (
        <article key={one.number} className={styles.try} aria-label={t('set.tryNumber', { count: one.number })}>
          <div className={styles.head}>
            <strong>{t('set.tryNumber', { count: one.number })}</strong>
            <Badge tone={one.status && one.status < 300 ? 'success' : 'danger'}>{one.status ?? t('set.noAnswer')}</Badge>
            <Badge>{`${one.tookMs} ms`}</Badge>
            <span>{formatInstant(one.at)}</span>
          </div>
          {one.error && <p className={styles.error}>{one.error}</p>}
          <h4>{t('set.sent')}</h4>
          <pre className={styles.text}>{`POST ${one.url}\n${headers(one.requestHeaders)}\n\n${pretty(one.requestBody)}`}</pre>
          {(one.responseHeaders || one.responseBody) && (
            <>
              <h4>{t('set.answered')}</h4>
              <pre className={styles.text}>{`${headers(one.responseHeaders ?? {})}\n\n${pretty(one.responseBody ?? '')}`}</pre>
            </>
          )}
        </article>
      ))}
    </Dialog>
  );
}

const headers = (all: Readonly<Record<string, string>>) =>
  Object.entries(all)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

// What is cut off after its beginning is no JSON any more, and is shown as it is.
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
